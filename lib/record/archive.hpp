// The parts of a zip archive, which is what a workbook is.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace agency {

/// An archive in memory; one part is read at a time. Whatever is broken throws Error(rejected) with the part's name.
class Archive {
public:
    /// `bytes` must live as long as this does; `name` is what messages call it.
    Archive(std::string_view bytes, std::string name);
    ~Archive();
    Archive(const Archive&) = delete;

    std::vector<std::string> parts();              ///< names in the order of the archive
    bool open(const std::string& part);            ///< false when there is none; its case does not matter
    std::size_t read(char* to, std::size_t size);  ///< of the open part; 0 at its end, when its checksum is right
    /// The open part up to its end. Error(rejected) beyond `most` bytes.
    std::string rest(std::size_t most);
    [[noreturn]] void too_large(std::size_t most) const;  ///< the open part unpacks to more than so many bytes
    [[noreturn]] void damaged() const;                    ///< the open part, or the archive as a whole

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    std::string name_, part_;
    void* zip_ = nullptr;
    friend struct ArchiveBytes;
};

}  // namespace agency
