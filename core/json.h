#pragma once
// A JSON value that forgets nothing: key order, the lexical form of numbers, line and column.
//
// Parsing is nlohmann-json's; this type exists because the declared case must come back byte-value
// for byte-value (docs/formats/case.md) and because errors must name a place.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anjuan {

struct Place {
  std::uint32_t line = 0;    ///< from 1; 0 = unknown
  std::uint32_t column = 0;  ///< from 1, in bytes
};

class Json {
 public:
  enum class Type { kNull, kBoolean, kInteger, kNumber, kString, kArray, kObject };
  using Member = std::pair<std::string, Json>;

  Json() = default;

  static Json null() { return {}; }

  static Json boolean(bool value);
  static Json integer(std::int64_t value);
  /// `lexical` as written, e.g. "1.50"; kInteger if it has neither '.', 'e' nor 'E'.
  static Json number(std::string lexical);
  static Json string(std::string value);
  static Json array(std::vector<Json> items = {});
  static Json object(std::vector<Member> members = {});

  /// Strict RFC 8259 (a UTF-8 byte order mark is skipped); duplicate keys, depth > 200, invalid
  /// UTF-8 and numbers beyond the range of double are refused.
  /// Throws Error(kInvalid) with `subject`, line and column.
  static Json parse(std::string_view text, const std::string& subject);

  Type type() const { return type_; }

  bool is(Type type) const { return type_ == type; }

  bool is_null() const { return type_ == Type::kNull; }

  bool is_object() const { return type_ == Type::kObject; }

  bool is_array() const { return type_ == Type::kArray; }

  bool is_string() const { return type_ == Type::kString; }

  /// Each throws Error(kInvalid) naming the place if the type is another.
  bool as_boolean() const;
  std::int64_t as_integer() const;
  double as_double() const;
  const std::string& as_string() const;
  const std::vector<Json>& items() const;
  const std::vector<Member>& members() const;

  /// Of a string or number: the characters as written, without quotes.
  const std::string& lexical() const { return scalar_; }

  /// The member, or nullptr.
  const Json* find(std::string_view key) const;
  Json* find(std::string_view key);
  /// The string member, or `fallback` if missing, null or of another type.
  std::string text_or(std::string_view key, std::string_view fallback) const;

  /// Appends to an array, or sets a member of an object (replacing one of the same key).
  void append(Json item);
  /// Inserts before the item at `index` (<= size) of an array.
  void insert(std::size_t index, Json item);
  /// The item of an array, or nullptr.
  Json* item_at(std::size_t index);
  void set(std::string key, Json value);

  /// Compact, UTF-8, member order kept, numbers as they were written. Bytes that are not UTF-8 (a
  /// parsed value has none) are written as U+FFFD.
  std::string dump() const;
  /// The same with line ends and `indent` spaces a level.
  std::string dump_pretty(int indent = 1) const;

  Place place() const { return place_; }

  void set_place(Place place) { place_ = place; }

  /// Equal values; key order and place do not count, list order and lexical numbers do.
  bool operator==(const Json& other) const;

 private:
  Type type_ = Type::kNull;
  bool boolean_ = false;
  std::string scalar_;
  std::vector<Json> items_;
  std::vector<Member> members_;
  Place place_;
};

/// The message id of a type's name for people, e.g. "json.type_string".
std::string_view type_message(Json::Type type);

}  // namespace anjuan
