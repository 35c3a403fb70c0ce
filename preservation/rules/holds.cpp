#include "preservation/rules/holds.h"

#include <algorithm>

#include "core/messages.h"

namespace anjuan::rules {

namespace {

constexpr std::string_view kSchema = "urn:anjuan:holds:1";

const std::vector<std::string_view>& ground_words() {
  static const std::vector<std::string_view> words{
      "review",     "suit",     "compensation", "petition",  "audit",
      "discipline", "criminal", "disclosure",   "objection", "other"};
  return words;
}

HoldGround read_ground(const DataReader& reader, const Json& json) {
  const auto& words = ground_words();
  const auto word = reader.word(json, "ground", words);
  return static_cast<HoldGround>(std::find(words.begin(), words.end(), word) - words.begin());
}

std::optional<HoldLift> read_lift(const DataReader& reader, const Json& json,
                                  const std::string& from) {
  const Json* lifted = reader.maybe(json, "lifted", Json::Type::kObject);
  if (lifted == nullptr) return std::nullopt;
  reader.check_keys(*lifted, {"at", "by", "document"});
  HoldLift lift{reader.date(*lifted, "at"), reader.text(*lifted, "by"),
                reader.text(*lifted, "document")};
  if (lift.at < from) {
    reader.refuse(lifted->place(), say("rules.lifted_before", {{"at", lift.at}, {"from", from}}));
  }
  return lift;
}

Hold read_hold(const DataReader& reader, const Json& json) {
  reader.check_keys(json, {"case_no", "ground", "reason", "from", "by", "document", "lifted"});
  Hold hold;
  hold.case_no = reader.text(json, "case_no");
  hold.ground = read_ground(reader, json);
  hold.reason = reader.text(json, "reason");
  hold.from = reader.date(json, "from");
  hold.by = reader.text(json, "by");
  hold.document = reader.text(json, "document");
  hold.lifted = read_lift(reader, json, hold.from);
  hold.origin = fmt::format("{}:{}", reader.file(), json.place().line);
  return hold;
}

}  // namespace

std::string_view hold_word(HoldGround ground) {
  return ground_words()[static_cast<std::size_t>(ground)];
}

std::string hold_name(HoldGround ground) {
  return say(fmt::format("rules.hold.ground.{}", hold_word(ground)));
}

HoldBook HoldBook::load(const std::optional<std::filesystem::path>& folder) {
  return from_files(folder ? data_files(*folder) : std::vector<DataFile>());
}

HoldBook HoldBook::from_files(const std::vector<DataFile>& files) {
  HoldBook book;
  for (const auto& file : files) {
    const DataReader reader(file.name);
    const Json root = reader.parse(file.text);
    reader.check_keys(root, {"schema", "holds"});
    reader.word(root, "schema", {kSchema});
    const Json& holds = reader.need(root, "holds", Json::Type::kArray);
    for (const auto& json : reader.items(holds, "holds")) {
      book.holds_.push_back(read_hold(reader, json));
    }
  }
  return book;
}

std::vector<const Hold*> HoldBook::of_case(std::string_view case_no) const {
  std::vector<const Hold*> found;
  for (const auto& hold : holds_) {
    if (hold.case_no == case_no) found.push_back(&hold);
  }
  return found;
}

}  // namespace anjuan::rules
