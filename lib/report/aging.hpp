// 账龄分析: what is open on a day by how long it has been due or issued (handbook §6.5).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

struct AgingOptions {
    AsOf when;
    std::string by = "client";                 ///< client contract owner department project currency invoice
    std::string basis = "due";                 ///< due issue
    std::string buckets = "30,60,90,180,365";  ///< days, or years as `1y,2y`; ascending
    std::string credits = "own";               ///< own net-oldest
    std::string client;                        ///< code; empty: all
    std::string where;                         ///< totals are of the rows that hold it (Condition); empty: of all
    std::string fail_if;                       ///< for the parameters only
};

/// The buckets that a text means, oldest open-ended. Keys: `not_due`, `d1_30`, … `d366_plus`; with years `y0_1`, …
/// `y5_plus`. A day on the boundary belongs to the younger bucket; years go by anniversary.
class Buckets {
public:
    explicit Buckets(const std::string& text);  ///< Error(usage)
    std::vector<std::string> keys;
    std::vector<std::string> en, zh;
    std::size_t of(Date base, Date day) const;

private:
    bool years_ = false;
    std::vector<int> bounds_;
};

/// Of a report by client with the default buckets.
std::vector<GridColumn> aging_columns();

/// Columns as facts.md has them, all rows; totals one row a currency; checks compare the buckets, the totals and the
/// open items.
Report aging(Workspace& workspace, const AgingOptions& options);

}  // namespace agency
