#include "base/error.hpp"

#include <cerrno>

#include "base/system_error.hpp"
#include "base/translate.hpp"

namespace agency {

std::string_view to_string(Exit code) {
    switch (code) {
        case Exit::ok:
            return "ok";
        case Exit::condition:
            return "condition";
        case Exit::usage:
            return "usage";
        case Exit::not_found:
            return "not_found";
        case Exit::conflict:
            return "conflict";
        case Exit::refused:
            return "refused";
        case Exit::denied:
            return "denied";
        case Exit::data_file:
            return "data_file";
        case Exit::outside:
            return "outside";
        case Exit::rejected:
            return "rejected";
        case Exit::busy:
            return "busy";
        case Exit::bug:
            return "bug";
    }
    return "bug";
}

Exit exit_of(int error_number) {
    return error_number == EACCES || error_number == EPERM ? Exit::denied : Exit::outside;
}

std::string reason_of(int error_number) {
    switch (error_number) {
        case EACCES:
        case EPERM:
            return tr("permission denied");
        case ENOENT:
            return tr("there is no such file or folder");
        case EEXIST:
            return tr("it exists already");
        case EISDIR:
            return tr("it is a folder");
        case ENOTDIR:
            return tr("part of the path is no folder");
        case ENOSPC:
        case EDQUOT:
            return tr("no space is left");
        case EFBIG:
            return tr("the file would become larger than allowed");
        case EROFS:
            return tr("the disk is read-only");
        case EIO:
            return tr("the disk or line failed");
        case ENAMETOOLONG:
            return tr("the name is too long");
        case ELOOP:
            return tr("too many links follow each other");
        case EMFILE:
        case ENFILE:
            return tr("too many files are open");
        case ENOMEM:
            return tr("there is not enough memory");
        case EBADF:
            return tr("it is closed");
        case ENOEXEC:
            return tr("it is no program");
        case ETXTBSY:
        case EBUSY:
            return tr("it is in use");
        default:
            return say("error {number} of the system", fmt::arg("number", error_number));
    }
}

}  // namespace agency
