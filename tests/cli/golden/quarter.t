# The examples: contract ledger and aging of a past day.

$ agency init -q > /dev/null; for n in client contract invoice receipt allocation; do agency $n import $EXAMPLES/${n}s.csv --format csv | cut -d, -f1,5-10; done
  record,read,inserted,updated,unchanged,rejected,skipped
  client,8,8,0,0,0,0
  record,read,inserted,updated,unchanged,rejected,skipped
  contract,14,14,0,0,0,0
  record,read,inserted,updated,unchanged,rejected,skipped
  invoice,25,25,0,0,0,0
  record,read,inserted,updated,unchanged,rejected,skipped
  receipt,18,18,0,0,0,0
  record,read,inserted,updated,unchanged,rejected,skipped
  allocation,15,15,0,0,0,0
$ agency contract list --as-of 2026-10-31 --columns number,client_name,amount,currency,invoiced,received,outstanding,overdue
  Number        Client name                       Amount  Currency    Invoiced    Received  Outstanding     Overdue
  ------------  ----------------------------  ----------  --------  ----------  ----------  -----------  ----------
  HT-2026-0001  上海启明招标代理有限公司      480,000.00  CNY       480,000.00  260,000.00   220,000.00  196,000.00
  HT-2026-0002  苏州云帆生物科技股份有限公司  120,000.00  CNY       129,050.00   69,050.00    58,800.00   58,800.00
  HT-2026-0003  杭州市滨江区市政管理局        300,000.00  CNY       300,000.00  150,000.00   150,000.00  150,000.00
  HT-2026-0004  Harbour Lights Trading Ltd     18,000.00  USD        12,000.00    8,500.00     3,500.00    3,500.00
  HT-2026-0005  南京大学附属中试基地           90,000.00  CNY        90,000.00   45,000.00    45,000.00        0.00
  HT-2026-0006  株式会社さくら商事             1,200,000  JPY          683,400     650,000       33,400      33,400
  HT-2026-0007  北京（恒信）会计咨询有限公司   36,000.00  CNY        27,000.00   13,000.00    14,000.00    5,000.00
  HT-2026-0008  张三                            3,500.00  CNY         3,500.00    3,500.00         0.00        0.00
  HT-2026-0009  上海启明招标代理有限公司                  CNY        15,800.00   15,800.00         0.00        0.00
  HT-2026-0010  北京（恒信）会计咨询有限公司  144,000.00  CNY
  HT-2026-0011  苏州云帆生物科技股份有限公司   58,000.00  CNY        58,000.00   29,000.00    26,100.00   26,100.00
  HT-2026-0012  杭州市滨江区市政管理局         75,000.00  CNY        37,500.00        0.00    37,500.00        0.00
  HT-2026-0013  南京大学附属中试基地           24,000.00  CNY             0.00        0.00         0.00        0.00
  HT-2026-0014  上海启明招标代理有限公司       26,500.00  CNY
$ agency receivable aging --as-of 2026-10-31
  as_of 2026-10-31  by client  basis due  buckets 30,60,90,180,365  credits own
  
  Client  Name                          Currency     Not due        1-30       31-60     61-90     91-180  181-365  366+       Total     Overdue  Unapplied  Disputed
  ------  ----------------------------  --------  ----------  ----------  ----------  --------  ---------  -------  ----  ----------  ----------  ---------  --------
  KH001   上海启明招标代理有限公司      CNY        24,000.00  136,000.00        0.00      0.00  60,000.00     0.00  0.00  220,000.00  196,000.00   4,200.00      0.00
  KH002   苏州云帆生物科技股份有限公司  CNY             0.00   -1,200.00   86,100.00      0.00       0.00     0.00  0.00   84,900.00   84,900.00  15,000.00      0.00
  KH003   杭州市滨江区市政管理局        CNY        37,500.00        0.00  150,000.00      0.00       0.00     0.00  0.00  187,500.00  150,000.00       0.00      0.00
  KH004   Harbour Lights Trading Ltd    USD             0.00        0.00        0.00  3,500.00       0.00     0.00  0.00    3,500.00    3,500.00       0.00      0.00
  KH005   南京大学附属中试基地          CNY        45,000.00        0.00        0.00      0.00       0.00     0.00  0.00   45,000.00        0.00  10,000.00      0.00
  KH006   株式会社さくら商事            JPY                0           0           0         0     33,400        0     0      33,400      33,400          0         0
  KH007   北京（恒信）会计咨询有限公司  CNY         9,000.00        0.00        0.00  5,000.00       0.00     0.00  0.00   14,000.00    5,000.00       0.00      0.00
                                        CNY             0.00        0.00        0.00      0.00       0.00     0.00  0.00        0.00        0.00   7,777.77      0.00
  ------  ----------------------------  --------  ----------  ----------  ----------  --------  ---------  -------  ----  ----------  ----------  ---------  --------
                                        CNY       115,500.00  134,800.00  236,100.00  5,000.00  60,000.00     0.00  0.00  551,400.00  435,900.00  36,977.77      0.00
                                        JPY                0           0           0         0     33,400        0     0      33,400      33,400          0         0
                                        USD             0.00        0.00        0.00  3,500.00       0.00     0.00  0.00    3,500.00    3,500.00       0.00      0.00
$ agency receivable aging --as-of 2026-06-30 --by owner --format csv
  owner,currency,not_due,d1_30,d31_60,d61_90,d91_180,d181_365,d366_plus,total,overdue,unapplied,disputed
  王芳,CNY,15800.00,60000.00,0.00,0.00,0.00,0.00,0.00,75800.00,60000.00,0.00,0.00
  王芳,JPY,0,83400,0,0,0,0,0,83400,83400,0,0
  钱伟,CNY,29000.00,0.00,0.00,0.00,0.00,0.00,0.00,29000.00,0.00,0.00,0.00
$ agency receivable aging --as-of 2026-10-31 --by invoice --client KH002
  as_of 2026-10-31  by invoice  basis due  buckets 30,60,90,180,365  credits own  client KH002
  
  Invoice  Contract      Client  Owner  Kind         Issued      Due         Days overdue  Currency     Amount   Settled       Open  Bucket
  -------  ------------  ------  -----  -----------  ----------  ----------  ------------  --------  ---------  --------  ---------  ------
  FP-0007  HT-2026-0002  KH002   王芳   fee          2026-09-01  2026-09-30            31  CNY       60,000.00      0.00  60,000.00  d31_60
  FP-0021  HT-2026-0011  KH002   钱伟   fee          2026-08-31  2026-09-30            31  CNY       29,000.00  2,900.00  26,100.00  d31_60
  FP-0024  HT-2026-0002  KH002   王芳   credit_note  2026-10-05  2026-10-05            26  CNY       -1,200.00      0.00  -1,200.00  d1_30
  
  Currency  Not due       1-30      31-60  61-90  91-180  181-365  366+      Total    Overdue  Disputed
  --------  -------  ---------  ---------  -----  ------  -------  ----  ---------  ---------  --------
  CNY          0.00  -1,200.00  86,100.00   0.00    0.00     0.00  0.00  84,900.00  84,900.00      0.00
$ agency receivable aging --as-of 2026-10-31 --by project --format md
  | project | currency | not_due | d1_30 | d31_60 | d61_90 | d91_180 | d181_365 | d366_plus | total | overdue | unapplied | disputed |
  | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
  | P-01 | CNY | 24,000.00 | 136,000.00 | 0.00 | 0.00 | 60,000.00 | 0.00 | 0.00 | 220,000.00 | 196,000.00 | 0.00 | 0.00 |
  | P-02 | CNY | 0.00 | -1,200.00 | 60,000.00 | 0.00 | 0.00 | 0.00 | 0.00 | 58,800.00 | 58,800.00 | 0.00 | 0.00 |
  | P-03 | CNY | 0.00 | 0.00 | 150,000.00 | 0.00 | 0.00 | 0.00 | 0.00 | 150,000.00 | 150,000.00 | 0.00 | 0.00 |
  | P-04 | USD | 0.00 | 0.00 | 0.00 | 3,500.00 | 0.00 | 0.00 | 0.00 | 3,500.00 | 3,500.00 | 0.00 | 0.00 |
  | P-05 | CNY | 45,000.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 45,000.00 | 0.00 | 0.00 | 0.00 |
  | P-06 | JPY | 0 | 0 | 0 | 0 | 33,400 | 0 | 0 | 33,400 | 33,400 | 0 | 0 |
  | P-07 | CNY | 9,000.00 | 0.00 | 0.00 | 5,000.00 | 0.00 | 0.00 | 0.00 | 14,000.00 | 5,000.00 | 0.00 | 0.00 |
  | P-08 | CNY | 0.00 | 0.00 | 26,100.00 | 0.00 | 0.00 | 0.00 | 0.00 | 26,100.00 | 26,100.00 | 0.00 | 0.00 |
  | P-09 | CNY | 37,500.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 37,500.00 | 0.00 | 0.00 | 0.00 |
  | | CNY | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 36,977.77 | 0.00 |
  | | **CNY** | **115,500.00** | **134,800.00** | **236,100.00** | **5,000.00** | **60,000.00** | **0.00** | **0.00** | **551,400.00** | **435,900.00** | **36,977.77** | **0.00** |
  | | **JPY** | **0** | **0** | **0** | **0** | **33,400** | **0** | **0** | **33,400** | **33,400** | **0** | **0** |
  | | **USD** | **0.00** | **0.00** | **0.00** | **3,500.00** | **0.00** | **0.00** | **0.00** | **3,500.00** | **3,500.00** | **0.00** | **0.00** |
$ agency contract show HT-2026-0011 --as-of 2026-10-31
  Number       HT-2026-0011
  Client       KH002
  Title        广告设计制作
  Kind         work
  Direction    income
  Amount       58,000.00
  Currency     CNY
  Tax rate     0.06
  Signed       2026-05-06
  Starts       2026-05-06
  Ends         2026-08-31
  Department   业务部
  Owner        钱伟
  Project      P-08
  Status       performing
  Client name  苏州云帆生物科技股份有限公司
  Invoiced     58,000.00
  Credited     2,900.00
  Uninvoiced   2,900.00
  Received     29,000.00
  Outstanding  26,100.00
  Overdue      26,100.00
  Days to end  -61
  Expired      true
  
  invoices
  Number   Kind         Issued      Due         Currency     Amount       Open  Paid  Overdue  Credits
  -------  -----------  ----------  ----------  --------  ---------  ---------  ----  -------  -------
  FP-0020  fee          2026-06-01  2026-07-01  CNY       29,000.00       0.00  full  false
  FP-0021  fee          2026-08-31  2026-09-30  CNY       29,000.00  26,100.00  part  true
  FP-0023  credit_note  2026-09-15  2026-09-15  CNY       -2,900.00       0.00        false    FP-0021
  
  receipts
  Receipt  Received    Invoice  Allocated   Currency     Amount
  -------  ----------  -------  ----------  --------  ---------
  SK-0014  2026-07-15  FP-0020  2026-07-15  CNY       29,000.00
$ agency contract show HT-2026-00
  agency: "HT-2026-00" may be several contract numbers
  hint: it may be HT-2026-0001, HT-2026-0002, HT-2026-0003, HT-2026-0004, HT-2026-0005, …; write more of it
  [exit 2]
$ agency receivable aging --as-of 2026-10-31 --fail-if 'overdue > 0' --format json | tail -1
  ],"checks":[{"check":"buckets_equal_total","ok":true,"message":null},{"check":"total_equals_open_items","ok":true,"message":null}]}
$ agency check
  Check  Reference  Message
  -----  ---------  -------
