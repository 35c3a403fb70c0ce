#include "packager/verify/bag_declaration.h"

#include "core/messages.h"
#include "core/text.h"
#include "packager/verify/bag_text.h"
#include "packager/verify/read_bounded.h"

namespace anjuan::packager {

namespace {

constexpr std::string_view kVersionLabel = "BagIt-Version";
constexpr std::string_view kEncodingLabel = "Tag-File-Character-Encoding";
constexpr std::string_view kKnownVersions[] = {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"};

/// "M.N", digits only.
bool is_version(std::string_view text) {
  const auto dot = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == part.npos;
  };
  return dot != text.npos && digits(text.substr(0, dot)) && digits(text.substr(dot + 1));
}

class DeclarationReader {
 public:
  explicit DeclarationReader(FindingSink& findings) : findings_(findings) {}

  BagDeclaration read(const std::string& text) {
    if (!is_valid_utf8(text) || text.starts_with("\xEF\xBB\xBF")) {
      findings_.error("BAG-DECLARATION", kBagDeclaration, say("bagit.declaration_bom"));
    }
    each_line(text, [this](std::string_view line, std::uint64_t) { take(line); });
    take_version();
    take_encoding();
    if (!exact_ || lines_ != 2) {
      demand(findings_, declaration_.rules, "BAG-DECLARATION", kBagDeclaration,
             say("bagit.declaration_form"));
    }
    return std::move(declaration_);
  }

 private:
  void take(std::string_view line) {
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    ++lines_;
    const auto colon = std::min(line.find(':'), line.size());
    const auto label = trimmed(line.substr(0, colon));
    const auto value = trimmed(line.substr(std::min(colon + 1, line.size())));
    const auto expected = lines_ == 1 ? kVersionLabel : kEncodingLabel;
    // "Label: value", the two lines in their order, and nothing else.
    exact_ = exact_ && equals_ignoring_case(label, expected) &&
             line.size() == label.size() + 2 + value.size() && line.substr(colon, 2) == ": ";
    if (equals_ignoring_case(label, kVersionLabel)) version_ = value;
    if (equals_ignoring_case(label, kEncodingLabel)) encoding_ = value;
  }

  void take_version() {
    if (!is_version(version_)) {
      findings_.error("BAG-VERSION", kBagDeclaration,
                      say(version_.empty() ? "bagit.no_version" : "bagit.version_form",
                          {{"version", version_}}));
      return;
    }
    declaration_.version = version_;
    if (version_.starts_with("0.")) declaration_.rules = BagRules::kDraft;
    declaration_.has_package_info = version_ == "0.93" || version_ == "0.94";
    const auto end = std::end(kKnownVersions);
    if (std::find(std::begin(kKnownVersions), end, version_) != end) return;
    findings_.not_checked("BAG-VERSION", kBagDeclaration,
                          say("bagit.version_unknown", {{"version", version_}}));
  }

  void take_encoding() {
    if (encoding_.empty()) {
      findings_.error("BAG-ENCODING", kBagDeclaration, say("bagit.no_encoding"));
    } else if (!is_known_charset(encoding_)) {
      findings_.not_checked("BAG-ENCODING", kBagDeclaration,
                            say("bagit.encoding_unknown", {{"encoding", encoding_}}));
    } else {
      declaration_.charset = encoding_;
      const bool utf8 = equals_ignoring_case(encoding_, "UTF-8");
      if (utf8 || declaration_.rules == BagRules::kDraft) return;
      findings_.warn("BAG-ENCODING", kBagDeclaration,
                     say("bagit.encoding_not_utf8", {{"encoding", encoding_}}));
    }
  }

  FindingSink& findings_;
  BagDeclaration declaration_;
  std::string version_;
  std::string encoding_;
  std::size_t lines_ = 0;
  bool exact_ = true;
};

}  // namespace

BagDeclaration read_bag_declaration(const BagFiles& bag, FindingSink& findings) {
  const auto& files = bag.files();
  const bool there = std::any_of(files.begin(), files.end(),
                                 [](const BagFile& file) { return file.path == kBagDeclaration; });
  if (!there) {
    findings.error("BAG-DECLARATION", kBagDeclaration, say("bagit.no_declaration"));
    return {};
  }
  const auto text = bag.read(std::string(kBagDeclaration), kSmallBytesMax, findings);
  return text ? DeclarationReader(findings).read(*text) : BagDeclaration{};
}

void demand(FindingSink& findings, BagRules rules, std::string_view code, std::string_view where,
            std::string_view message) {
  if (rules == BagRules::kRfc) {
    findings.error(code, where, message);
  } else {
    findings.warn(code, where, message);
  }
}

}  // namespace anjuan::packager
