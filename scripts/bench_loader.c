// What scripts/bench measures agency beside, as an expert would write it who needs nothing else. Built and called by bench.
//   load DB CSV MODE        contracts into a file that has their clients. MODE is the journal mode of a tuned load (values
//                           are checked here, CHECKs are off, the index is made afterwards), or `default`: row by row into
//                           whatever indexes and checks there are, under the pragmas that SQLite starts with
//   past DB OPERATION CUT…  aging by client: invoices and allocations are scanned into arrays
//   flat FILE CUT…          aging by client of items in a flat file
//   run COUNT COMMAND…      mean seconds and peak KiB of a process
// A CUT is the first due day of a bucket, from `not due` (the day of the report) on; the last bucket has none.
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sqlite3 *db;

static void die(const char *what, const char *why) {
    fprintf(stderr, "bench_loader: %s: %s\n", what, why);
    exit(2);
}
static void ok(int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE) die("SQLite", sqlite3_errmsg(db));
}
static void sql(const char *text) { ok(sqlite3_exec(db, text, 0, 0, 0)); }
static sqlite3_stmt *prepare(const char *text) {
    sqlite3_stmt *s;
    ok(sqlite3_prepare_v2(db, text, -1, &s, 0));
    return s;
}
static const char *text(sqlite3_stmt *s, int column) { return (const char *)sqlite3_column_text(s, column); }
static int64_t number(const char *query, int64_t bound) {
    sqlite3_stmt *s = prepare(query);
    sqlite3_bind_int64(s, 1, bound);
    int64_t n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    ok(sqlite3_finalize(s));
    return n;
}

// ---- load -----------------------------------------------------------------------------------------------------------

enum { NUMBER, CLIENT, TITLE, KIND, AMOUNT, RATE, SIGNED, STARTS, ENDS, DEPARTMENT, OWNER, PROJECT, NOTE, COLUMNS };
static const char header[] = "number,client,title,kind,amount,tax_rate,signed_on,starts_on,ends_on,department,owner,project,note";

typedef struct {
    char *at;
    int size;
} Cell;

// Open addressing over fingerprints of 64 bits; the unique index would refuse what they should ever miss.
typedef struct {
    uint64_t print;
    int64_t value;   // 0: free
} Slot;
typedef struct {
    Slot *slots;
    size_t size, used;
} Table;

static uint64_t fingerprint(const char *key, int size) {
    uint64_t h = (uint64_t)size, word;
    for (; size > 0; key += 8, size -= 8) {
        word = 0;
        memcpy(&word, key, size < 8 ? (size_t)size : 8);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    return h;
}
// The key's slot, or the free one where it belongs.
static Slot *slot(Table *t, uint64_t print) {
    if (t->used * 3 >= t->size * 2) {
        const Table old = *t;
        t->size = old.size ? old.size * 2 : 1 << 12;
        t->slots = mmap(0, t->size * sizeof(Slot), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        madvise(t->slots, t->size * sizeof(Slot), MADV_HUGEPAGE);
        t->used = 0;
        for (size_t i = 0; i < old.size; ++i)
            if (old.slots[i].value) *slot(t, old.slots[i].print) = old.slots[i], ++t->used;
        if (old.size) munmap(old.slots, old.size * sizeof(Slot));
    }
    size_t i = print & (t->size - 1);
    while (t->slots[i].value && t->slots[i].print != print) i = (i + 1) & (t->size - 1);
    return &t->slots[i];
}
static void add(Table *t, const char *key, int size, int64_t value) {
    const uint64_t print = fingerprint(key, size);
    *slot(t, print) = (Slot){print, value};
    ++t->used;
}

// The file, a block at a time: in a virtual machine fresh memory costs more than a copy.
static struct {
    int file, done;
    char *at, *end, buffer[(1 << 18) + 1];
} in;

// The next record, without its newline; what stands between quotes belongs to it.
static char *record(char **end) {
    for (;;) {
        int quoted = 0;
        for (char *from = in.at, *line; (line = memchr(from, '\n', (size_t)(in.end - from))); from = line + 1) {
            for (char *q = from; (q = memchr(q, '"', (size_t)(line - q))); ++q) quoted ^= 1;
            if (quoted) continue;
            char *start = in.at;
            in.at = line + 1;
            *end = line;
            return start;
        }
        if (in.done) {
            if (quoted) die("load", "a quote is not closed");
            return 0;
        }
        const size_t left = (size_t)(in.end - in.at);
        if (left == sizeof in.buffer - 1) die("load", "a record is too long");
        memmove(in.buffer, in.at, left);
        const ssize_t got = read(in.file, in.buffer + left, sizeof in.buffer - 1 - left);
        if (got < 0) die("load", "the file cannot be read");
        in.at = in.buffer;
        in.end = in.buffer + left + got;
        in.done = !got;
        if (in.done && left && in.end[-1] != '\n') *in.end++ = '\n';
    }
}

static int64_t row = 1, problems;
static void problem(const char *what) {
    ++problems;
    fprintf(stderr, "row %lld: %s\n", (long long)row, what);
}

// One cell, unquoted where it stands. Answers where the next one begins; 0 after the last.
static char *cell(char *p, char *end, Cell *c) {
    if (p < end && *p == '"') {
        char *to = c->at = ++p;
        for (;; *to++ = '"', ++p) {
            char *quote = memchr(p, '"', (size_t)(end - p));
            if (!quote) {
                problem("a quote is not closed");
                quote = end;
            }
            if (to != p) memmove(to, p, (size_t)(quote - p));
            to += quote - p;
            p = quote + 1;
            if (p >= end || *p != '"') break;
        }
        c->size = (int)(to - c->at);
        if (p < end && *p != ',') problem("text after a closing quote");
    } else {
        c->at = p;
        while (p < end && *p != ',') ++p;
        c->size = (int)(p - c->at);
    }
    while (c->size && (unsigned char)c->at[0] <= ' ') ++c->at, --c->size;
    while (c->size && (unsigned char)c->at[c->size - 1] <= ' ') --c->size;
    return p < end ? p + 1 : 0;
}

static int utf8(const char *text, const char *end) {
    const unsigned char *p = (const unsigned char *)text, *stop = (const unsigned char *)end;
    while (p < stop) {
        uint64_t word;
        while (p + 8 <= stop && (memcpy(&word, p, 8), !(word & 0x8080808080808080u) &&
               !((word - 0x0101010101010101u) & ~word & 0x8080808080808080u))) p += 8;
        if (p == stop) break;
        int more = *p < 0x80 ? 0 : *p >= 0xC2 && *p < 0xE0 ? 1 : *p >= 0xE0 && *p < 0xF0 ? 2 : *p >= 0xF0 && *p < 0xF5 ? 3 : -1;
        if (!*p || more < 0 || stop - p <= more) return 0;
        if ((*p == 0xE0 && p[1] < 0xA0) || (*p == 0xED && p[1] > 0x9F) || (*p == 0xF0 && p[1] < 0x90) || (*p == 0xF4 && p[1] > 0x8F)) return 0;
        for (int i = 1; i <= more; ++i)
            if ((p[i] & 0xC0) != 0x80) return 0;
        p += more + 1;
    }
    return 1;
}

// Digits with at most `places` decimals, as a whole number of the last place; -1 when it is none.
static int64_t decimal(const char *p, int size, int places) {
    int64_t value = 0;
    int decimals = -1;
    if (!size || size > 16 || *p == '.' || p[size - 1] == '.') return -1;
    for (const char *end = p + size; p < end; ++p) {
        if (*p == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*p < '0' || *p > '9' || (decimals >= 0 && ++decimals > places)) return -1;
        value = value * 10 + (*p - '0');
    }
    for (int i = decimals < 0 ? 0 : decimals; i < places; ++i) value *= 10;
    return value;
}
static int64_t rate(const Cell *c) {   // parts per million
    if (c->size && c->at[c->size - 1] == '%') return decimal(c->at, c->size - 1, 4);
    int64_t ppm = decimal(c->at, c->size, 6);
    return ppm < 1000000 ? ppm : -1;
}
static int two(const char *p) {
    return p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9' ? -1 : (p[0] - '0') * 10 + (p[1] - '0');
}
static int is_day(const Cell *c) {
    static const int lengths[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *p = c->at;
    if (c->size != 10 || p[4] != '-' || p[7] != '-') return 0;
    int century = two(p), rest = two(p + 2), month = two(p + 5), day = two(p + 8), year = century * 100 + rest;
    if (century < 0 || rest < 0 || year < 1 || month < 1 || month > 12 || day < 1) return 0;
    return day <= lengths[month] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

static const char *kind(const Cell *c) {
    static const char *const words[][2] = {
        {"mandate", "委托"}, {"brokerage", "中介"}, {"commission", "行纪"}, {"work", "承揽"}, {"technology", "技术"},
        {"lease", "租赁"},   {"purchase", "买卖"},  {"framework", "框架"},  {"other", "其他"}};
    for (int w = 0; w < 9; ++w)
        for (int language = 0; language < 2; ++language)
            if (!strncmp(words[w][language], c->at, (size_t)c->size) && !words[w][language][c->size]) return words[w][0];
    return 0;
}

static void bind(sqlite3_stmt *s, int n, const Cell *c) {
    if (c->size)
        sqlite3_bind_text(s, n, c->at, c->size, SQLITE_STATIC);
    else
        sqlite3_bind_null(s, n);
}

static void load(const char *path, const char *csv, const char *mode) {
    const int tuned = strcmp(mode, "default") != 0;
    char command[200];
    if (tuned) {
        sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    }
    in.file = open(csv, O_RDONLY);
    in.at = in.end = in.buffer;
    ok(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, 0));
    if (tuned) {
        snprintf(command, sizeof command, "PRAGMA journal_mode = %s", mode);
        sql(command);
        // A larger cache is slower here: fresh memory costs more than a page written early (measured).
        sql("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA temp_store = MEMORY");
    }
    sql("BEGIN IMMEDIATE");

    Table clients = {0}, numbers = {0};   // row by row, the unique index has to do for the numbers
    char(*currencies)[4] = calloc((size_t)number("SELECT COALESCE(MAX(id), 0) + 1 FROM client", 0), 4);
    sqlite3_stmt *s = prepare("SELECT code, id, currency FROM client");
    while (sqlite3_step(s) == SQLITE_ROW) {
        add(&clients, text(s, 0), sqlite3_column_bytes(s, 0), sqlite3_column_int64(s, 1));
        memcpy(currencies[sqlite3_column_int64(s, 1)], text(s, 2), 3);
    }
    ok(sqlite3_finalize(s));
    s = prepare("SELECT number FROM contract");
    while (tuned && sqlite3_step(s) == SQLITE_ROW) add(&numbers, text(s, 0), sqlite3_column_bytes(s, 0), 1);
    ok(sqlite3_finalize(s));

    char *indexes[8], *drops[8];
    int index_count = 0;
    s = prepare("SELECT sql, 'DROP INDEX ' || name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'contract' AND sql NOT LIKE 'CREATE UNIQUE%'");
    for (; tuned && index_count < 8 && sqlite3_step(s) == SQLITE_ROW; ++index_count) {
        indexes[index_count] = strdup(text(s, 0));
        drops[index_count] = strdup(text(s, 1));
    }
    ok(sqlite3_finalize(s));
    for (int i = 0; i < index_count; ++i) sql(drops[i]);

    sql("INSERT INTO operation (recorded_at, actor, command, clock_given) SELECT MAX(recorded_at), 'bench', 'bench_loader', 1 FROM operation");
    s = prepare("INSERT INTO contract (number, client, title, kind, amount, tax_rate, signed_on, starts_on, ends_on, department, owner, project, note, status, currency, direction, operation)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'income', ?)");
    sqlite3_bind_int64(s, 16, sqlite3_last_insert_rowid(db));

    char *end = 0, *p = record(&end);
    if (!p || end - p != sizeof header - 1 || memcmp(p, header, sizeof header - 1)) die(csv, "it has another header");
    while ((p = record(&end))) {
        Cell c[COLUMNS], extra;
        const int64_t before = problems;
        ++row;
        if (end > p && end[-1] == '\r') --end;
        if (end == p) continue;
        if (!utf8(p, end)) problem("it is not UTF-8, or has a NUL");
        int n = 0;
        for (; p; ++n) p = cell(p, end, n < COLUMNS ? &c[n] : &extra);
        if (n != COLUMNS) problem("another number of cells than the header");
        if (problems > before) continue;

        if (!c[NUMBER].size) problem("number is missing");
        if (!c[TITLE].size) problem("title is missing");
        const int64_t client = c[CLIENT].size ? slot(&clients, fingerprint(c[CLIENT].at, c[CLIENT].size))->value : 0;
        if (!client) problem(c[CLIENT].size ? "there is no such client" : "client is missing");
        const char *word = c[KIND].size ? kind(&c[KIND]) : "other";
        if (!word) problem("kind is none of the words");
        const int64_t amount = c[AMOUNT].size ? decimal(c[AMOUNT].at, c[AMOUNT].size, 2) : 0, ppm = c[RATE].size ? rate(&c[RATE]) : 0;
        if (amount < 0) problem("amount is not an amount");
        if (!c[AMOUNT].size && word && strcmp(word, "framework")) problem("amount is missing");
        if (ppm < 0) problem("tax_rate is not a rate");
        for (int i = SIGNED; i <= ENDS; ++i)
            if (c[i].size && !is_day(&c[i])) problem("a day is not a day");
        if (c[STARTS].size == 10 && c[ENDS].size == 10 && memcmp(c[ENDS].at, c[STARTS].at, 10) < 0) problem("the contract ends before it starts");
        if (tuned && c[NUMBER].size) {
            const uint64_t print = fingerprint(c[NUMBER].at, c[NUMBER].size);
            Slot *taken = slot(&numbers, print);
            if (taken->value) problem("the number is taken");
            *taken = (Slot){print, 1};
            ++numbers.used;
        }
        if (problems) continue;   // nothing will be written; the rest is read for what else is wrong

        for (int i = 0; i < COLUMNS; ++i)
            if (i != CLIENT && i != KIND && i != AMOUNT && i != RATE) bind(s, i + 1, &c[i]);
        sqlite3_bind_int64(s, CLIENT + 1, client);
        sqlite3_bind_text(s, KIND + 1, word, -1, SQLITE_STATIC);
        if (c[AMOUNT].size) sqlite3_bind_int64(s, AMOUNT + 1, amount); else sqlite3_bind_null(s, AMOUNT + 1);
        if (c[RATE].size) sqlite3_bind_int64(s, RATE + 1, ppm); else sqlite3_bind_null(s, RATE + 1);
        sqlite3_bind_text(s, 14, c[SIGNED].size ? "effective" : "draft", -1, SQLITE_STATIC);
        sqlite3_bind_text(s, 15, currencies[client], 3, SQLITE_STATIC);
        ok(sqlite3_step(s));
        sqlite3_reset(s);
    }
    ok(sqlite3_finalize(s));
    if (problems) exit(1);   // and with it the transaction
    for (int i = 0; i < index_count; ++i) sql(indexes[i]);
    sql("COMMIT");
    if (tuned) sql("PRAGMA journal_mode = WAL");
    ok(sqlite3_close(db));
}

// ---- aging ----------------------------------------------------------------------------------------------------------

enum { BUCKETS = 7, CURRENCIES = 4 };
typedef struct {
    uint32_t client, currency;
    int32_t due, pad;   // YYYYMMDD
    int64_t open;
} Item;

static int32_t cuts[BUCKETS - 1];
static uint32_t currencies[CURRENCIES];
static int64_t (*sums)[BUCKETS];

static int32_t day(const char *p) {
    return (p[0] - '0') * 10000000 + (p[1] - '0') * 1000000 + (p[2] - '0') * 100000 + (p[3] - '0') * 10000 + (p[5] - '0') * 1000 + (p[6] - '0') * 100 + (p[8] - '0') * 10 + (p[9] - '0');
}
static void read_cuts(char **days) {
    for (int i = 0; i < BUCKETS - 1; ++i) cuts[i] = day(days[i]);
}
static int bucket(int32_t due) {
    int b = 0;
    while (b < BUCKETS - 1 && due < cuts[b]) ++b;
    return b;
}
static uint32_t currency_place(uint32_t packed) {
    for (uint32_t i = 0; i < CURRENCIES; ++i) {
        if (!currencies[i]) currencies[i] = packed;
        if (currencies[i] == packed) return i;
    }
    die("aging", "too many currencies");
    return 0;
}
static void make_sums(size_t clients) { sums = calloc(clients * CURRENCIES, sizeof *sums); }
static void print_client(uint32_t client, const char *code, const char *name) {
    for (uint32_t c = 0; c < CURRENCIES; ++c) {
        const int64_t *sum = sums[client * CURRENCIES + c];
        int any = 0;
        for (int b = 0; b < BUCKETS; ++b) any |= sum[b] != 0;
        if (!any) continue;
        printf("%s|%s|%c%c%c", code, name, currencies[c] >> 16, currencies[c] >> 8 & 255, currencies[c] & 255);
        for (int b = 0; b < BUCKETS; ++b) printf("|%lld", (long long)sum[b]);
        putchar('\n');
    }
}

static void past(const char *path, int64_t operation, char **days) {
    read_cuts(days);
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    ok(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, 0));
    sql("BEGIN");
    const int64_t invoices = number("SELECT id FROM invoice WHERE operation <= ? ORDER BY id DESC LIMIT 1", operation);
    const int64_t allocations = number("SELECT id FROM allocation WHERE operation <= ? ORDER BY id DESC LIMIT 1", operation);
    const size_t clients = (size_t)number("SELECT MAX(id) FROM client", 0) + 1;
    int64_t *left = calloc((size_t)invoices + 1, sizeof *left);
    uint32_t *place = calloc((size_t)invoices + 1, sizeof *place);   // client, currency and bucket
    sqlite3_stmt *s = prepare("SELECT id, client, currency, due_on, amount, kind, credits FROM invoice WHERE id <= ? AND issued_on <= ?");
    sqlite3_bind_int64(s, 1, invoices);
    sqlite3_bind_text(s, 2, days[0], 10, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const int64_t id = sqlite3_column_int64(s, 0), amount = sqlite3_column_int64(s, 4);
        if (sqlite3_column_type(s, 6) != SQLITE_NULL) {
            left[sqlite3_column_int64(s, 6)] -= amount;   // notes come after what they credit
            continue;
        }
        const unsigned char *c = sqlite3_column_text(s, 2);
        const uint32_t currency = currency_place((uint32_t)c[0] << 16 | (uint32_t)c[1] << 8 | c[2]);
        place[id] = ((uint32_t)sqlite3_column_int(s, 1) * CURRENCIES + currency) * BUCKETS + (uint32_t)bucket(day(text(s, 3)));
        left[id] += *sqlite3_column_text(s, 5) == 'c' ? -amount : amount;
    }
    ok(sqlite3_finalize(s));
    s = prepare("SELECT invoice, amount FROM allocation WHERE id <= ? AND allocated_on <= ?");
    sqlite3_bind_int64(s, 1, allocations);
    sqlite3_bind_text(s, 2, days[0], 10, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW) left[sqlite3_column_int64(s, 0)] -= sqlite3_column_int64(s, 1);
    ok(sqlite3_finalize(s));
    make_sums(clients);
    int64_t *sum = *sums;
    for (int64_t i = 1; i <= invoices; ++i) sum[place[i]] += left[i];
    s = prepare("SELECT id, code, name FROM client");
    while (sqlite3_step(s) == SQLITE_ROW) print_client((uint32_t)sqlite3_column_int(s, 0), text(s, 1), text(s, 2));
    ok(sqlite3_finalize(s));
}

static void flat(const char *path, char **days) {
    read_cuts(days);
    int fd = open(path, O_RDONLY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) die(path, "cannot be read");
    const Item *items = mmap(0, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0), *end = items + (size_t)st.st_size / sizeof *items;
    if (items == MAP_FAILED) die(path, "cannot be mapped");
    uint32_t last = 0;
    for (const Item *i = items; i < end; ++i) last = i->client > last ? i->client : last;
    make_sums((size_t)last + 1);
    for (const Item *i = items; i < end; ++i) sums[i->client * CURRENCIES + currency_place(i->currency)][bucket(i->due)] += i->open;
    for (uint32_t c = 1; c <= last; ++c) {
        char id[12];
        snprintf(id, sizeof id, "%u", c);
        print_client(c, id, "");
    }
}

// ---- run ------------------------------------------------------------------------------------------------------------

extern char **environ;

static void run(int count, char **command) {
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    struct timespec from, to;
    struct rusage use;
    long peak = 0;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < count; ++i) {
        pid_t child;
        int status;
        if (posix_spawnp(&child, command[0], &quiet, 0, command, environ)) die(command[0], "cannot be started");
        if (wait4(child, &status, 0, &use) < 0 || status) die(command[0], "failed");
        peak = use.ru_maxrss > peak ? use.ru_maxrss : peak;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.9f %ld\n", ((double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9) / count, peak);
}

int main(int argc, char **argv) {
    const char *mode = argc > 1 ? argv[1] : "";
    if (!strcmp(mode, "load") && argc == 5) load(argv[2], argv[3], argv[4]);
    else if (!strcmp(mode, "past") && argc == 4 + BUCKETS - 1) past(argv[2], atoll(argv[3]), argv + 4);
    else if (!strcmp(mode, "flat") && argc == 3 + BUCKETS - 1) flat(argv[2], argv + 3);
    else if (!strcmp(mode, "run") && argc > 3) run(atoi(argv[2]), argv + 3);
    else die("usage", "load DB CSV MODE, past DB OPERATION CUT…, flat FILE CUT…, run COUNT COMMAND…");
    return 0;
}
