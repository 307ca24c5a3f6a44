// The readers behind open_rows().
#pragma once
#include "record/source.hpp"

namespace agency {

std::unique_ptr<RowReader> open_csv(ByteSource& source, const ReadOptions& options,
                                    std::function<void(Problem)> on_problem);
std::unique_ptr<RowReader> open_jsonl(ByteSource& source, const ReadOptions& options,
                                      std::function<void(Problem)> on_problem);

}  // namespace agency
