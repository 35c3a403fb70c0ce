// Json::parse: nlohmann's parser feeds the value, a counting iterator feeds the places.

#include <unordered_set>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/json.h"
#include "core/messages.h"

namespace anjuan {

namespace {

constexpr std::size_t kDepthMax = 200;

/// The text, and how far the parser has read it.
class Source {
 public:
  explicit Source(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }

  char at(std::size_t offset) const { return text_[offset]; }

  /// Called for each byte in order; follows strings so that it knows where a token begins.
  void read(std::size_t offset) {
    const char c = text_[offset];
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
    } else if (c == '\n') {
      new_line(offset);
    } else if (c == '"') {
      in_string_ = true;
      begin_token(offset);
    } else if (c == '{' || c == '[') {
      begin_token(offset);
    } else if (c == ' ' || c == '\t' || c == '\r' || c == ',' || c == ':' || c == '}' || c == ']') {
      in_word_ = false;
    } else if (!in_word_) {
      in_word_ = true;
      begin_token(offset, true);
    }
  }

  Place token() const { return token_; }

  /// The number that starts at the current token, as written.
  std::string lexical_number() const {
    const auto end = text_.find_first_not_of("0123456789+-.eE", token_offset_);
    return std::string(text_.substr(token_offset_, end == text_.npos ? end : end - token_offset_));
  }

  /// Of the byte at `offset` (or the end): where a syntax error is.
  Place place_of(std::size_t offset) const {
    const auto before = text_.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const auto line_end = before.rfind('\n');
    const auto column = before.size() - (line_end == before.npos ? 0 : line_end + 1);
    return {static_cast<std::uint32_t>(lines + 1), static_cast<std::uint32_t>(column + 1)};
  }

 private:
  void new_line(std::size_t offset) {
    ++line_;
    line_start_ = offset + 1;
    in_word_ = false;
  }

  void begin_token(std::size_t offset, bool word = false) {
    in_word_ = word;
    token_offset_ = offset;
    token_ = {line_, static_cast<std::uint32_t>(offset - line_start_ + 1)};
  }

  std::string_view text_;
  std::size_t line_start_ = 0;
  std::size_t token_offset_ = 0;
  Place token_{1, 1};
  std::uint32_t line_ = 1;
  bool in_string_ = false;
  bool escaped_ = false;
  bool in_word_ = false;
};

/// An input iterator that tells the source about every byte the parser takes.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  CountingIterator(Source* source, std::size_t offset) : source_(source), offset_(offset) {}

  char operator*() const { return source_->at(offset_); }

  CountingIterator& operator++() {
    source_->read(offset_);
    ++offset_;
    return *this;
  }

  bool operator==(const CountingIterator& other) const { return offset_ == other.offset_; }

 private:
  Source* source_;
  std::size_t offset_;
};

class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(Source& source, const std::string& subject) : source_(source), subject_(subject) {}

  Json take() { return std::move(root_); }

  bool null() override { return add(Json::null()); }

  bool boolean(bool value) override { return add(Json::boolean(value)); }

  bool number_integer(number_integer_t) override { return number(); }

  bool number_unsigned(number_unsigned_t) override { return number(); }

  bool number_float(number_float_t, const string_t&) override { return number(); }

  bool string(string_t& value) override { return add(Json::string(std::move(value))); }

  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(Json::object()); }

  bool key(string_t& name) override {
    check_duplicate(name);
    levels_.back().key = std::move(name);
    return true;
  }

  bool end_object() override { return close(); }

  bool start_array(std::size_t) override { return open(Json::array()); }

  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& failure) override {
    const bool too_large = failure.id == 406;
    const std::string_view reason = failure.what();
    // "[json.exception...] parse error at line 1, column 4: ": the place is in our sentence.
    const auto colon = reason.find(": ");
    fail(too_large ? "json.number_too_large" : "json.syntax",
         too_large ? source_.token() : source_.place_of(position == 0 ? 0 : position - 1),
         std::string(reason.substr(colon == reason.npos ? 0 : colon + 2)));
  }

 private:
  struct Level {
    Json value;
    std::string key;
    std::vector<Json> items;
    std::vector<Json::Member> members;
    std::unordered_set<std::string> keys;
  };

  bool number() { return add(Json::number(source_.lexical_number())); }

  bool add(Json value) {
    value.set_place(source_.token());
    put(std::move(value));
    return true;
  }

  void put(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (levels_.back().value.is_array()) {
      levels_.back().items.push_back(std::move(value));
    } else {
      levels_.back().members.emplace_back(std::move(levels_.back().key), std::move(value));
    }
  }

  bool open(Json empty) {
    if (levels_.size() >= kDepthMax) fail("json.too_deep", source_.token(), "");
    empty.set_place(source_.token());
    levels_.push_back({std::move(empty), {}, {}, {}, {}});
    return true;
  }

  bool close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    Json value = level.value.is_array() ? Json::array(std::move(level.items))
                                        : Json::object(std::move(level.members));
    value.set_place(level.value.place());
    put(std::move(value));
    return true;
  }

  /// Linear for the usual small object, a set for a large one: hostile input stays linear.
  void check_duplicate(const std::string& name) {
    constexpr std::size_t kSmall = 24;
    auto& level = levels_.back();
    bool seen = false;
    if (level.members.size() < kSmall) {
      seen = std::any_of(level.members.begin(), level.members.end(),
                         [&](const auto& member) { return member.first == name; });
    } else {
      if (level.keys.empty()) {
        for (const auto& member : level.members) level.keys.insert(member.first);
      }
      seen = !level.keys.insert(name).second;
    }
    if (seen) fail("json.duplicate_key", source_.token(), name);
  }

  [[noreturn]] void fail(std::string_view id, Place place, const std::string& detail) {
    throw Error(ErrorCode::kInvalid, subject_,
                say(id, {{"subject", subject_},
                         {"line", std::to_string(place.line)},
                         {"column", std::to_string(place.column)},
                         {"detail", detail}}));
  }

  Source& source_;
  const std::string& subject_;
  Json root_;
  std::vector<Level> levels_;
};

}  // namespace

Json Json::parse(std::string_view text, const std::string& subject) {
  Source source(text);
  Builder builder(source, subject);
  // Everything that is wrong is thrown by the builder as an Error; nlohmann itself throws nothing.
  nlohmann::json::sax_parse(CountingIterator(&source, 0), CountingIterator(&source, text.size()),
                            &builder);
  return builder.take();
}

}  // namespace anjuan
