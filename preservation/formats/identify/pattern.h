#pragma once
// A byte pattern as signature files write it, compiled to what can be compared and searched.
//
// The language is that of PRONOM and DROID as far as their files use it:
//   4D5A  hexadecimal bytes         'PK'  characters          ??  any byte     {12}  any 12 bytes
//   [30:39] ['6'-'7']  a range, of one or more bytes          [!00]  anything else
//   [&01]  all these bits are set   [!&01]  not all of them   [~01]  any of them
//   [41|61]  one of these bytes     (22|27)  one of these sequences
// White space counts only between quotes. An expression with alternatives becomes several patterns.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace anjuan::formats {

inline constexpr std::size_t kPatternBytesMax = 4096;
inline constexpr std::size_t kPatternAlternativesMax = 64;

/// Where an expression stands, for the sentence that refuses it.
struct PatternPlace {
  std::string file;
  std::uint32_t line = 0;
};

class Pattern {
 public:
  /// Never empty. Throws Error(kInvalid) with file and line for anything else than the above.
  static std::vector<Pattern> compile(std::string_view expression, const PatternPlace& place);

  std::size_t size() const { return size_; }

  /// False also if the pattern would reach beyond the window.
  bool matches(std::string_view window, std::size_t at) const;

  /// Calls `found` with every offset from `first` to `last` (inclusive) where it matches,
  /// ascending.
  void find(std::string_view window, std::size_t first, std::size_t last,
            const std::function<void(std::size_t)>& found) const;

 private:
  friend class PatternParser;

  enum class Kind : std::uint8_t { kLiteral, kAny, kRange, kOneOf, kAllBits, kAnyBits };

  struct Atom {
    Kind kind = Kind::kLiteral;
    bool negated = false;
    std::string low;       ///< the bytes, the lower bound, the set or the bit mask
    std::string high;      ///< the upper bound
    std::size_t size = 0;  ///< bytes that it covers

    bool holds(std::string_view bytes) const;
  };

  void append(Atom atom);
  void choose_needle();

  std::vector<Atom> atoms_;
  std::size_t size_ = 0;
  std::string needle_;         ///< the longest literal, by which it is searched; "" = none
  std::size_t needle_at_ = 0;  ///< its offset in the pattern
};

}  // namespace anjuan::formats
