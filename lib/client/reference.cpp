#include "client/reference.hpp"

namespace agency::client {

void Reference::begin(Workspace& w, const ImportOptions& options) {
    clients_ = std::make_unique<Directory>(w);
    maker_ = std::make_unique<Maker>(
        static_cast<std::uint32_t>(w.db().integer("SELECT COALESCE(MAX(id), 0) FROM client").value_or(0)) + 1);
    create_ = options.create_clients;
    last_text_.clear();
}

std::uint32_t Reference::resolve(std::string_view text) {
    if (text != last_text_ || last_text_.empty()) {
        last_text_.assign(text);
        last_id_ = clients_->find(text);
    }
    return last_id_ == 0 && create_ ? to_be_made : last_id_;
}

Currency Reference::currency(const Value& client) const {
    return client ? clients_->currency(static_cast<std::uint32_t>(client.n)) : Currency{};
}

void Reference::take(Value& client) {
    if (client.n != to_be_made) return;
    client = Value::of(std::int64_t{last_id_ = maker_->make(last_text_)});
    clients_->add(last_text_, last_text_, last_id_);
}

}  // namespace agency::client
