#include "preservation/holds.h"

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::preservation {

namespace {

using rules::Hold;

std::int64_t to_ms(Instant instant) { return instant.time_since_epoch().count(); }

Instant from_ms(std::int64_t ms) { return Instant(std::chrono::milliseconds(ms)); }

/// "李阳(os:liyang)".
std::string person(const std::string& name, const std::string& id) {
  return name.empty() || name == id ? id : fmt::format("{}({})", name, id);
}

Hold hold_of(const Row& row) {
  Hold hold;
  hold.id = row.integer(0);
  hold.package = row.text(1);
  hold.kind = rules::hold_kind_of(row.text(2)).value_or(rules::HoldKind::kOther);
  hold.reason = row.text(3);
  hold.document = row.text(4);
  hold.placed_by = person(row.text(6), row.text(5));
  hold.placed_at = from_ms(row.integer(7));
  if (row.is_null(8)) return hold;
  hold.lifted = {person(row.text(9), row.text(8)), from_ms(row.integer(10)), row.text(11)};
  return hold;
}

void need_reason(const std::string& reason) {
  if (reason.find_first_not_of(" \t\r\n") != reason.npos) return;
  throw Error(ErrorCode::kUsage, "--reason", say("hold.no_reason"));
}

}  // namespace

Holds::Holds(Database database, const Clock& clock)
    : database_(std::move(database)), clock_(&clock) {}

Holds Holds::open(const std::filesystem::path& ledger, const Clock& clock) {
  // It names people: made before SQLite sees it, so that the log beside it gets the same rights.
  if (!std::filesystem::exists(ledger)) FileHandle::create(ledger);
  std::filesystem::permissions(
      ledger, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  Database database = Database::open(ledger);
  database.migrate("ledger");
  return {std::move(database), clock};
}

Hold Holds::place(const HoldOrder& order, const Actor& actor) {
  need_reason(order.reason);
  const auto rows = database_.run(
      "INSERT INTO holds (package, kind, reason, document, placed_by, placed_by_name, placed_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
      {order.package, std::string(rules::hold_word(order.kind)), order.reason, order.document,
       actor.id, actor.name, to_ms(clock_->now())});
  return find(rows.at(0).integer(0)).value();
}

Hold Holds::lift(std::int64_t id, const std::string& reason, const Actor& actor) {
  need_reason(reason);
  const std::string number = std::to_string(id);
  if (!find(id)) {
    throw Error(ErrorCode::kNotFound, number, say("hold.not_found", {{"id", number}}));
  }
  const auto rows = database_.run(
      "INSERT INTO hold_lifts (hold, reason, lifted_by, lifted_by_name, lifted_at)"
      " VALUES (?, ?, ?, ?, ?) ON CONFLICT (hold) DO NOTHING RETURNING hold",
      {id, reason, actor.id, actor.name, to_ms(clock_->now())});
  if (rows.empty()) {
    throw Error(ErrorCode::kConflict, number, say("hold.lifted_already", {{"id", number}}));
  }
  return find(id).value();
}

std::vector<Hold> Holds::list(Which which, const std::optional<std::string>& package) {
  std::string condition = which == Which::kActive ? "lifted_by IS NULL" : "TRUE";
  if (!package) return select(condition, {});
  return select(condition + " AND package = ?", {*package});
}

std::optional<Hold> Holds::find(std::int64_t id) {
  const auto holds = select("id = ?", {id});
  return holds.empty() ? std::nullopt : std::optional(holds.front());
}

std::vector<Hold> Holds::select(const std::string& condition,
                                const std::vector<SqlValue>& parameters) {
  std::vector<Hold> holds;
  const auto rows = database_.run(
      "SELECT id, package, kind, holds.reason, document, placed_by, placed_by_name, placed_at,"
      " lifted_by, lifted_by_name, lifted_at, hold_lifts.reason"
      " FROM holds LEFT JOIN hold_lifts ON hold_lifts.hold = holds.id WHERE " +
          condition + " ORDER BY id",
      parameters);
  for (const Row& row : rows) holds.push_back(hold_of(row));
  return holds;
}

}  // namespace anjuan::preservation
