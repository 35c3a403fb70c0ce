#pragma once
// The one seam to SQL (docs/adr: database seam). SQLite now; PostgreSQL behind the same types.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace anjuan {

using SqlValue =
    std::variant<std::monostate, std::int64_t, double, std::string, std::vector<std::byte>>;

class Row {
 public:
  explicit Row(std::vector<SqlValue> values) : values_(std::move(values)) {}

  std::int64_t integer(std::size_t column) const;  ///< Error(kInternal) for anything else
  std::string text(std::size_t column) const;      ///< NULL = "", an integer in decimal
  bool is_null(std::size_t column) const;

  const SqlValue& value(std::size_t column) const { return values_.at(column); }

 private:
  std::vector<SqlValue> values_;
};

class Database {
 public:
  /// Opens or creates; WAL, foreign keys, busy timeout (10 s), synchronous FULL.
  /// One thread at a time; threads and processes that work at once each open their own.
  static Database open(const std::filesystem::path& path);
  static Database in_memory();
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  /// Runs one statement with '?' parameters; returns its rows (also of RETURNING).
  /// Throws Error(kBusy | kConflict for a constraint | kNoSpace | kIo | kCorrupt | kInternal).
  std::vector<Row> run(std::string_view sql, const std::vector<SqlValue>& parameters = {});
  /// The first value of the first row, or nothing if there is no row.
  std::optional<SqlValue> scalar(std::string_view sql,
                                 const std::vector<SqlValue>& parameters = {});
  /// Several statements, no parameters (migrations).
  void script(std::string_view sql);

  /// Applies schemas/sql/`folder`/NNNN_*.sql that are newer than PRAGMA user_version, each in one
  /// transaction. Throws Error(kInvalid) if the file was written by a newer program.
  void migrate(std::string_view folder);

 private:
  friend class Transaction;
  struct State;
  explicit Database(std::unique_ptr<State> state);
  static void use_wal(const State& state);
  std::unique_ptr<State> state_;
};

/// BEGIN IMMEDIATE; rolls back unless commit() was called.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace anjuan
