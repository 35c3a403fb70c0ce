#include "preservation/formats/identify/pattern.h"

#include <cstring>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::formats {

namespace {

/// By unsigned bytes, as offsets in a code table are compared.
int compare(std::string_view a, std::string_view b) {
  return std::memcmp(a.data(), b.data(), std::min(a.size(), b.size()));
}

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

bool Pattern::Atom::holds(std::string_view bytes) const {
  const auto byte = static_cast<unsigned char>(bytes.front());
  const auto mask = low.empty() ? 0U : static_cast<unsigned char>(low.front());
  bool found = true;
  switch (kind) {
    case Kind::kLiteral:
      found = bytes == low;
      break;
    case Kind::kAny:
      break;
    case Kind::kRange:
      found = compare(low, bytes) <= 0 && compare(bytes, high) <= 0;
      break;
    case Kind::kOneOf:
      found = low.find(bytes.front()) != low.npos;
      break;
    case Kind::kAllBits:
      found = (byte & mask) == mask;
      break;
    case Kind::kAnyBits:
      found = (byte & mask) != 0;
      break;
  }
  return found != negated;
}

bool Pattern::matches(std::string_view window, std::size_t at) const {
  if (at > window.size() || size_ > window.size() - at) return false;
  for (const Atom& atom : atoms_) {
    if (!atom.holds(window.substr(at, atom.size))) return false;
    at += atom.size;
  }
  return true;
}

void Pattern::find(std::string_view window, std::size_t first, std::size_t last,
                   const std::function<void(std::size_t)>& found) const {
  if (size_ > window.size()) return;
  last = std::min(last, window.size() - size_);
  while (first <= last) {
    if (!needle_.empty()) {
      const std::size_t from = first + needle_at_;
      const std::size_t length = last + needle_at_ + needle_.size() - from;
      const void* hit = ::memmem(window.data() + from, length, needle_.data(), needle_.size());
      if (hit == nullptr) return;
      first = static_cast<std::size_t>(static_cast<const char*>(hit) - window.data()) - needle_at_;
    }
    if (matches(window, first)) found(first);
    ++first;
  }
}

void Pattern::append(Atom atom) {
  size_ += atom.size;
  const bool joins = atom.kind == Kind::kLiteral && !atom.negated && !atoms_.empty() &&
                     atoms_.back().kind == Kind::kLiteral && !atoms_.back().negated;
  if (!joins) return atoms_.push_back(std::move(atom));
  atoms_.back().low += atom.low;
  atoms_.back().size += atom.size;
}

void Pattern::choose_needle() {
  std::size_t at = 0;
  for (const Atom& atom : atoms_) {
    const bool literal = atom.kind == Kind::kLiteral && !atom.negated;
    if (literal && atom.low.size() > needle_.size()) {
      needle_ = atom.low;
      needle_at_ = at;
    }
    at += atom.size;
  }
}

/// Recursive descent; at most one level, since alternatives do not nest in signature files.
class PatternParser {
 public:
  PatternParser(std::string_view text, const PatternPlace& place) : text_(text), place_(place) {}

  std::vector<Pattern> parse() {
    std::vector<Pattern> patterns(1);
    for (skip_space(); at_ < text_.size(); skip_space()) {
      if (peek() == '(') {
        patterns = with_alternatives(patterns);
      } else {
        const Pattern::Atom atom = next_atom();
        for (Pattern& pattern : patterns) add(pattern, atom);
      }
    }
    for (Pattern& pattern : patterns) {
      if (pattern.size_ == 0) refuse("identify.pattern_empty");
      pattern.choose_needle();
    }
    return patterns;
  }

 private:
  using Atom = Pattern::Atom;
  using Kind = Pattern::Kind;

  [[noreturn]] void refuse(std::string_view why) const {
    throw Error(
        ErrorCode::kInvalid, place_.file,
        say("identify.pattern_refused",
            {{"file", place_.file}, {"line", std::to_string(place_.line)}, {"reason", say(why)}}));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char expected) {
    skip_space();
    if (peek() != expected) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  void add(Pattern& pattern, const Atom& atom) const {
    if (pattern.size_ + atom.size > kPatternBytesMax) refuse("identify.pattern_long");
    pattern.append(atom);
  }

  std::vector<Pattern> with_alternatives(const std::vector<Pattern>& before) {
    ++at_;
    std::vector<Pattern> all;
    do {
      std::vector<Atom> atoms;
      for (skip_space(); peek() != '|' && peek() != ')'; skip_space()) atoms.push_back(next_atom());
      for (Pattern longer : before) {
        for (const Atom& atom : atoms) add(longer, atom);
        all.push_back(std::move(longer));
      }
      if (all.size() > kPatternAlternativesMax) refuse("identify.pattern_many");
    } while (take('|'));
    if (!take(')')) refuse("identify.pattern_unreadable");
    return all;
  }

  Atom next_atom() {
    Atom atom;
    if (peek() == '[') {
      atom = bracket();
    } else if (peek() == '{') {
      atom.kind = Kind::kAny;
      atom.size = any_count();
    } else if (text_.substr(at_, 2) == "??") {
      at_ += 2;
      atom.kind = Kind::kAny;
      atom.size = 1;
    } else {
      atom.low = bytes();
      atom.size = atom.low.size();
    }
    return atom;
  }

  std::size_t any_count() {
    std::size_t count = 0;
    for (++at_; peek() >= '0' && peek() <= '9'; ++at_) {
      count = std::min(count * 10 + static_cast<std::size_t>(peek() - '0'), kPatternBytesMax + 1);
    }
    if (!take('}') || count == 0) refuse("identify.pattern_unreadable");
    return count;
  }

  /// One quoted text or one hexadecimal run.
  std::string bytes() {
    skip_space();
    std::string value;
    if (peek() == '\'') {
      const std::size_t end = text_.find('\'', at_ + 1);
      if (end == text_.npos || end == at_ + 1) refuse("identify.pattern_unreadable");
      value = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
      return value;
    }
    while (hex_value(peek()) >= 0) {
      const int high = hex_value(peek());
      const int low = at_ + 1 < text_.size() ? hex_value(text_[at_ + 1]) : -1;
      if (low < 0) refuse("identify.pattern_unreadable");
      value.push_back(static_cast<char>(high * 16 + low));
      at_ += 2;
    }
    if (value.empty()) refuse("identify.pattern_unreadable");
    return value;
  }

  Atom bracket() {
    ++at_;
    Atom atom;
    atom.negated = take('!');
    if (take('&')) {
      atom.kind = Kind::kAllBits;
    } else if (take('~')) {
      atom.kind = Kind::kAnyBits;
    }
    atom.low = bytes();
    atom.size = atom.low.size();
    const bool mask = atom.kind != Kind::kLiteral;
    if (mask && atom.size != 1) refuse("identify.pattern_unreadable");
    if (!mask && (take(':') || take('-'))) {
      atom.kind = Kind::kRange;
      atom.high = bytes();
      if (atom.high.size() != atom.size) refuse("identify.pattern_unreadable");
    } else if (!mask && take('|')) {
      atom.kind = Kind::kOneOf;
      do {
        atom.low += bytes();
      } while (take('|'));
      atom.size = 1;
    }
    if (!take(']')) refuse("identify.pattern_unreadable");
    return atom;
  }

  std::string_view text_;
  const PatternPlace& place_;
  std::size_t at_ = 0;
};

std::vector<Pattern> Pattern::compile(std::string_view expression, const PatternPlace& place) {
  return PatternParser(expression, place).parse();
}

}  // namespace anjuan::formats
