#include "core/database.h"

#include <cerrno>
#include <chrono>
#include <thread>

#include <sqlite3.h>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan {

namespace {

constexpr std::chrono::milliseconds kBusyTimeout{10'000};
constexpr std::chrono::milliseconds kBusyRetry{5};
/// Statements are few and fixed; a search that composes its own would otherwise grow for ever.
constexpr std::size_t kCachedStatementsMax = 128;

struct CloseDatabase {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

ErrorCode code_of(sqlite3* connection, int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kBusy;
    case SQLITE_CONSTRAINT:
      return ErrorCode::kConflict;
    case SQLITE_FULL:
      return ErrorCode::kNoSpace;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::kCorrupt;
    case SQLITE_INTERRUPT:
      return ErrorCode::kInterrupted;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return sqlite3_system_errno(connection) == ENOSPC ? ErrorCode::kNoSpace : ErrorCode::kIo;
    default:
      return ErrorCode::kInternal;
  }
}

std::string_view message_of(ErrorCode code) {
  switch (static_cast<int>(code)) {
    case static_cast<int>(ErrorCode::kBusy):
      return "kernel.database_busy";
    case static_cast<int>(ErrorCode::kConflict):
      return "kernel.database_conflict";
    case static_cast<int>(ErrorCode::kCorrupt):
      return "kernel.database_corrupt";
    case static_cast<int>(ErrorCode::kIo):
      return "kernel.database_io";
    default:
      return "kernel.database_failed";
  }
}

}  // namespace

struct Database::State {
  std::string path;
  std::unique_ptr<sqlite3, CloseDatabase> connection;
  std::map<std::string, StatementHandle, std::less<>> statements;  ///< ends before connection

  [[noreturn]] void fail(int result) const {
    const ErrorCode code = code_of(connection.get(), result);
    if (code == ErrorCode::kNoSpace) throw_errno(ENOSPC, path, "kernel.write_failed");
    throw Error(
        code, path,
        say(message_of(code), {{"path", path}, {"reason", sqlite3_errmsg(connection.get())}}));
  }

  void check(int result) const {
    if (result != SQLITE_OK) fail(result);
  }

  void execute(const std::string& sql) const {
    check(sqlite3_exec(connection.get(), sql.c_str(), nullptr, nullptr, nullptr));
  }

  sqlite3_stmt* prepared(std::string_view sql);
};

sqlite3_stmt* Database::State::prepared(std::string_view sql) {
  if (const auto found = statements.find(sql); found != statements.end()) {
    return found->second.get();
  }
  if (statements.size() >= kCachedStatementsMax) statements.clear();
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  check(sqlite3_prepare_v3(connection.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, &rest));
  StatementHandle handle(statement);
  const auto used = static_cast<std::size_t>(rest - sql.data());
  if (!handle || sql.find_first_not_of(" \t\r\n;", used) != sql.npos) {
    throw Error(ErrorCode::kInternal, path, fmt::format("not one SQL statement: {}", sql));
  }
  return statements.emplace(sql, std::move(handle)).first->second.get();
}

namespace {

/// Leaves a cached statement ready for its next use, also after an exception.
class StatementInUse {
 public:
  explicit StatementInUse(sqlite3_stmt* statement) : statement_(statement) {}

  ~StatementInUse() {
    sqlite3_reset(statement_);  // Repeats the error of the last step, which is already told.
    sqlite3_clear_bindings(statement_);
  }

  StatementInUse(const StatementInUse&) = delete;
  StatementInUse& operator=(const StatementInUse&) = delete;

 private:
  sqlite3_stmt* statement_;
};

/// Binds without copying: the value outlives the statement's run.
struct Bind {
  sqlite3_stmt* statement;
  int column;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, column); }

  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, column, value); }

  int operator()(double value) const { return sqlite3_bind_double(statement, column, value); }

  int operator()(const std::string& text) const {
    return sqlite3_bind_text64(statement, column, text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }

  int operator()(const std::vector<std::byte>& bytes) const {
    if (bytes.empty()) return sqlite3_bind_zeroblob(statement, column, 0);
    return sqlite3_bind_blob64(statement, column, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
};

SqlValue column_value(sqlite3_stmt* statement, int column) {
  const auto count = [&] {
    return static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, count());
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement, column));
      return std::vector<std::byte>(bytes, bytes + count());
    }
    default:
      return std::monostate{};
  }
}

Row current_row(sqlite3_stmt* statement) {
  std::vector<SqlValue> values;
  const int columns = sqlite3_column_count(statement);
  for (int column = 0; column < columns; ++column) {
    values.push_back(column_value(statement, column));
  }
  return Row(std::move(values));
}

}  // namespace

std::int64_t Row::integer(std::size_t column) const {
  if (const auto* value = std::get_if<std::int64_t>(&values_.at(column))) return *value;
  throw Error(ErrorCode::kInternal, "sql", fmt::format("column {} is no integer", column));
}

std::string Row::text(std::size_t column) const {
  const SqlValue& value = values_.at(column);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (is_null(column)) return "";
  throw Error(ErrorCode::kInternal, "sql", fmt::format("column {} is no text", column));
}

bool Row::is_null(std::size_t column) const {
  return std::holds_alternative<std::monostate>(values_.at(column));
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}

/// Readers never wait for a writer, and with synchronous FULL a commit is on disk when it returns.
/// Two programs that open a new database at once both hold the read lock that the switch must
/// upgrade; SQLite then refuses at once, past the busy timeout, so the wait is ours.
void Database::use_wal(const State& state) {
  const auto give_up = std::chrono::steady_clock::now() + kBusyTimeout;
  for (;;) {
    const int result = sqlite3_exec(state.connection.get(), "PRAGMA journal_mode = WAL", nullptr,
                                    nullptr, nullptr);
    if ((result & 0xFF) != SQLITE_BUSY || std::chrono::steady_clock::now() >= give_up) {
      return state.check(result);
    }
    std::this_thread::sleep_for(kBusyRetry);
  }
}

Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Database Database::open(const std::filesystem::path& path) {
  auto state = std::make_unique<State>();
  state->path = path.string();
  sqlite3* connection = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  state->connection.reset(connection);
  state->check(result);
  state->check(sqlite3_extended_result_codes(connection, 1));
  state->check(sqlite3_busy_timeout(connection, static_cast<int>(kBusyTimeout.count())));
  use_wal(*state);
  state->execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
  return Database(std::move(state));
}

Database Database::in_memory() { return open(":memory:"); }

std::vector<Row> Database::run(std::string_view sql, const std::vector<SqlValue>& parameters) {
  sqlite3_stmt* statement = state_->prepared(sql);
  const StatementInUse in_use(statement);
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != parameters.size()) {
    throw Error(ErrorCode::kInternal, state_->path,
                fmt::format("{} parameters for: {}", parameters.size(), sql));
  }
  int column = 0;
  for (const SqlValue& value : parameters) {
    state_->check(std::visit(Bind{statement, ++column}, value));
  }
  std::vector<Row> rows;
  int result = sqlite3_step(statement);
  for (; result == SQLITE_ROW; result = sqlite3_step(statement)) {
    rows.push_back(current_row(statement));
  }
  if (result != SQLITE_DONE) state_->fail(result);
  return rows;
}

std::optional<SqlValue> Database::scalar(std::string_view sql,
                                         const std::vector<SqlValue>& parameters) {
  const auto rows = run(sql, parameters);
  if (rows.empty()) return std::nullopt;
  return rows.front().value(0);
}

void Database::script(std::string_view sql) { state_->execute(std::string(sql)); }

Transaction::Transaction(Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  sqlite3* connection = database_.state_->connection.get();
  // A full disk has rolled back already; otherwise closing the connection would.
  if (sqlite3_get_autocommit(connection) == 0) {
    sqlite3_exec(connection, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace anjuan
