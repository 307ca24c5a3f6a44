// The readers behind open_rows().
#pragma once
#include "record/source.hpp"

namespace agency {

/// The records of a file, before anybody knows which of them is the header.
class Records {
public:
    struct Record {
        std::int64_t row = 0;                 ///< from 1, blank ones counted
        std::vector<std::string_view> cells;  ///< live until the next call of next()
        bool blank = false;
        bool faulty = false;  ///< see faults()
    };
    virtual ~Records() = default;
    virtual bool next(Record& record) = 0;
    /// What is wrong with the form of the last record: its row, and its column where one cell is meant.
    virtual std::vector<Problem> faults() const = 0;
    /// The last record is the header. It may be refused, or go on over further records.
    virtual void take_header(std::vector<std::string>& header) = 0;
    /// A record has as many cells as were written: one more or less is a fault. Else what is missing is empty, and a
    /// column without a header may stand as long as it is empty.
    virtual bool counted() const = 0;
    virtual Encoding encoding() const = 0;
    /// What messages call the table.
    virtual std::string title() const = 0;
};
/// Of csv, tsv and xlsx.
std::unique_ptr<Records> open_records(ByteSource& source, const ReadOptions& options);

std::unique_ptr<Records> open_csv(ByteSource& source, const ReadOptions& options);
std::unique_ptr<Records> open_xlsx(ByteSource& source, const ReadOptions& options);
std::unique_ptr<RowReader> open_jsonl(ByteSource& source, const ReadOptions& options,
                                      std::function<void(Problem)> on_problem);

}  // namespace agency
