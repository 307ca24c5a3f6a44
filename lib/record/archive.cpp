#include "record/archive.hpp"

#include <minizip/unzip.h>

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {

/// What minizip asks of a file, answered from memory.
struct ArchiveBytes {
    static Archive& of(void* p) { return *static_cast<Archive*>(p); }
    static void* open(void* p, const void*, int) { return p; }
    static uLong read(void* p, void*, void* to, uLong size) {
        auto& a = of(p);
        const auto n = std::min<std::size_t>(size, a.bytes_.size() - a.at_);
        std::memcpy(to, a.bytes_.data() + a.at_, n);
        a.at_ += n;
        return static_cast<uLong>(n);
    }
    static uLong write(void*, void*, const void*, uLong) { return 0; }
    static ZPOS64_T tell(void* p, void*) { return of(p).at_; }
    static long seek(void* p, void*, ZPOS64_T offset, int from) {
        auto& a = of(p);
        const auto base = from == ZLIB_FILEFUNC_SEEK_CUR ? a.at_ : from == ZLIB_FILEFUNC_SEEK_END ? a.bytes_.size() : 0;
        if (offset > a.bytes_.size() - base) return -1;
        a.at_ = base + offset;
        return 0;
    }
    static int nothing(void*, void*) { return 0; }
};

Archive::Archive(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {
    zlib_filefunc64_def calls{ArchiveBytes::open, ArchiveBytes::read,    ArchiveBytes::write,   ArchiveBytes::tell,
                              ArchiveBytes::seek, ArchiveBytes::nothing, ArchiveBytes::nothing, this};
    zip_ = unzOpen2_64("", &calls);
    if (!zip_) damaged();
}

Archive::~Archive() {
    unzClose(zip_);
}

std::vector<std::string> Archive::parts() {
    std::vector<std::string> out;
    char name[1024];
    for (int state = unzGoToFirstFile(zip_); state != UNZ_END_OF_LIST_OF_FILE; state = unzGoToNextFile(zip_)) {
        if (state != UNZ_OK ||
            unzGetCurrentFileInfo64(zip_, nullptr, name, sizeof name, nullptr, 0, nullptr, 0) != UNZ_OK)
            damaged();
        out.emplace_back(name);
    }
    return out;
}

bool Archive::open(const std::string& part) {
    constexpr int any_case = 2;
    unzCloseCurrentFile(zip_);
    part_ = part;
    if (unzLocateFile(zip_, part.c_str(), any_case) != UNZ_OK) return false;
    if (unzOpenCurrentFile(zip_) != UNZ_OK) damaged();
    return true;
}

std::size_t Archive::read(char* to, std::size_t size) {
    const int n = unzReadCurrentFile(zip_, to, static_cast<unsigned>(size));
    if (n < 0 || (n == 0 && unzCloseCurrentFile(zip_) == UNZ_CRCERROR)) damaged();
    return static_cast<std::size_t>(n);
}

std::string Archive::rest(std::size_t most) {
    std::string out;
    for (std::size_t have = 0;;) {
        out.resize(have + 64 * 1024);
        const auto n = read(out.data() + have, 64 * 1024);
        have += n;
        if (have > most) too_large(most);
        if (n > 0) continue;
        out.resize(have);
        return out;
    }
}

void Archive::too_large(std::size_t most) const {
    throw Error(Exit::rejected,
                say("{part} of {name} unpacks to more than {limit} MiB", fmt::arg("part", part_),
                    fmt::arg("name", name_), fmt::arg("limit", most >> 20)),
                tr("save the sheet as CSV (UTF-8) and import that"));
}

void Archive::damaged() const {
    throw Error(Exit::rejected,
                part_.empty() ? say("{name} is a damaged archive", fmt::arg("name", name_))
                              : say("{part} of {name} is damaged", fmt::arg("part", part_), fmt::arg("name", name_)),
                tr("open it in a spreadsheet and save it anew, or fetch it again"));
}

}  // namespace agency
