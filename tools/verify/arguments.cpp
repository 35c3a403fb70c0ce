#include "tools/verify/arguments.h"

#include <charconv>

#include "core/error.h"

namespace anjuan::tools {

namespace {

[[noreturn]] void refuse(const std::string& option) {
  throw Error(ErrorCode::kUsage, option, say("verify.bad_option", {{"option", option}}));
}

class Parser {
 public:
  explicit Parser(const std::vector<std::string>& words) : words_(words) {}

  VerifyArguments parse() {
    for (; next_ < words_.size(); ++next_) take(words_[next_]);
    if (arguments_.task == VerifyArguments::Task::kVerify && arguments_.paths.empty()) {
      throw Error(ErrorCode::kUsage, "", say("verify.no_path"));
    }
    return std::move(arguments_);
  }

 private:
  void take(const std::string& word) {
    const bool option = !only_paths_ && word.size() > 1 && word[0] == '-';
    if (!option) {
      arguments_.paths.push_back(word);
    } else if (word == "--") {
      only_paths_ = true;
    } else if (!take_flag(word)) {
      take_value(word);
    }
  }

  bool take_flag(const std::string& word) {
    if (word == "--json") {
      arguments_.format = packager::ReportFormat::kJson;
    } else if (word == "--verbose") {
      arguments_.detail = packager::ReportDetail::kAll;
    } else if (word == "--deep") {
      arguments_.options.deep = true;
    } else if (word == "--no-digests") {
      arguments_.options.digests = packager::DigestCheck::kNone;
    } else if (word == "--help" || word == "-h") {
      arguments_.task = VerifyArguments::Task::kHelp;
    } else if (word == "--version") {
      arguments_.task = VerifyArguments::Task::kVersion;
    } else {
      return false;
    }
    return true;
  }

  /// "--name value" or "--name=value".
  void take_value(const std::string& word) {
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals);
    if (name != "--lang" && name != "--as" && name != "--threads") refuse(word);
    std::string value;
    if (equals != word.npos) {
      value = word.substr(equals + 1);
    } else if (++next_ < words_.size()) {
      value = words_[next_];
    }
    if (name == "--lang") {
      take_language(value);
    } else if (name == "--threads") {
      take_threads(value);
    } else {
      arguments_.options.as = packager::kind_of_word(value);
      if (!arguments_.options.as || value == "unknown") refuse(word);
    }
  }

  static void take_language(const std::string& value) {
    if (value == "en") {
      set_language(Language::kEnglish);
    } else if (value == "zh-CN") {
      set_language(Language::kChinese);
    } else {
      refuse("--lang " + value);
    }
  }

  void take_threads(const std::string& value) {
    unsigned threads = 0;
    const auto end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, threads);
    if (read.ec != std::errc() || read.ptr != end || threads < 1 ||
        threads > packager::kVerifyThreadsMax) {
      refuse("--threads " + value);
    }
    arguments_.options.threads = threads;
  }

  const std::vector<std::string>& words_;
  std::size_t next_ = 0;
  bool only_paths_ = false;
  VerifyArguments arguments_;
};

}  // namespace

VerifyArguments parse_arguments(const std::vector<std::string>& words) {
  return Parser(words).parse();
}

}  // namespace anjuan::tools
