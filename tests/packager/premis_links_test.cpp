// Random histories of many documents: exactly the identifiers that are missing are reported.
#include <fstream>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/judged.h"
#include "tests/support/premis_documents.h"

namespace anjuan::packager {
namespace {

using test::premis_id;

constexpr int kNames = 12;  ///< few, so that some are met and some are missed

/// A package of some documents, and what must be found in it by code.
struct History {
  std::map<std::string, std::string> documents;
  std::map<std::string, std::size_t> expected;
};

class Author {
 public:
  explicit Author(std::uint64_t seed) : random_(seed) {}

  History write() {
    std::vector<std::string> texts(1 + random_() % 4);
    for (auto& text : texts) text = document();
    History history;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      history.documents[fmt::format("metadata/{}.xml", i)] = texts[i];
    }
    for (const auto& name : named_objects_) {
      if (objects_.count(name) == 0) ++history.expected["PREMIS-REF"];
    }
    for (const auto& name : named_events_) {
      if (events_.count(name) == 0) ++history.expected["PREMIS-REF"];
    }
    for (const auto& name : named_agents_) {
      if (agents_.count(name) == 0) ++history.expected["AIP18"];
    }
    if (lonely_ > 0) history.expected["AIP16"] = lonely_;
    if (twice_ > 0) history.expected["PREMIS-ID"] = twice_;
    return history;
  }

 private:
  bool chance(int of) { return random_() % static_cast<std::uint64_t>(of) == 0; }

  std::string name() { return fmt::format("n{}", random_() % kNames); }

  /// Describes `name`; a second time in one document is a fault.
  std::string own(const std::string& unit, std::map<std::string, int>& known) {
    const auto id = name();
    if (!in_document_.insert(unit + id).second) ++twice_;
    ++known[id];
    return premis_id(unit, id);
  }

  std::string link(const std::string& unit, std::vector<std::string>& named) {
    const auto id = name();
    named.push_back(id);
    return premis_id(unit, id);
  }

  std::string object() {
    std::string text =
        "<object xsi:type=\"intellectualEntity\">" + own("objectIdentifier", objects_);
    if (chance(2)) {
      text +=
          "<relationship><relationshipType>logical</relationshipType><relationshipSubType>x"
          "</relationshipSubType>" +
          link("relatedObjectIdentifier", named_objects_) + "</relationship>";
    }
    if (chance(3)) text += link("linkingEventIdentifier", named_events_);
    return text + "</object>";
  }

  std::string event() {
    std::string text = "<event>" + own("eventIdentifier", events_) +
                       "<eventType>creation</eventType><eventDateTime>2025</eventDateTime>";
    const auto count = random_() % 3;
    if (count == 0) ++lonely_;
    for (std::uint64_t i = 0; i < count; ++i) text += link("linkingAgentIdentifier", named_agents_);
    if (chance(2)) text += link("linkingObjectIdentifier", named_objects_);
    return text + "</event>";
  }

  std::string document() {
    in_document_.clear();
    std::string text =
        "<premis xmlns=\"http://www.loc.gov/premis/v3\" version=\"3.0\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
    for (auto i = 1 + random_() % 5; i > 0; --i) text += object();
    for (auto i = random_() % 4; i > 0; --i) text += event();
    for (auto i = random_() % 4; i > 0; --i) {
      text += "<agent>" + own("agentIdentifier", agents_) + "</agent>";
    }
    return text + "</premis>";
  }

  std::mt19937_64 random_;
  std::map<std::string, int> objects_, events_, agents_;
  std::vector<std::string> named_objects_, named_events_, named_agents_;
  std::set<std::string> in_document_;
  std::size_t lonely_ = 0;
  std::size_t twice_ = 0;
};

TEST(PremisLinks, MissExactlyWhatIsNotDescribed) {
  std::map<std::string, std::size_t> seen;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const auto history = Author(seed).write();
    std::map<std::string, std::size_t> found;
    for (const auto& each : test::premis_findings(history.documents, PremisProfile::kAip)) {
      if (each.severity != Severity::kInfo) ++found[each.code];
    }
    EXPECT_EQ(found, history.expected) << "seed " << seed;
    for (const auto& [code, count] : found) seen[code] += count;
  }
  EXPECT_EQ(seen.size(), 4u) << "the histories must have every kind of fault";
}

/// Every object names one that is described later, as far from it as can be.
void write_objects(const std::filesystem::path& path, int count) {
  std::ofstream out(path, std::ios::binary);
  out << "<premis xmlns=\"http://www.loc.gov/premis/v3\" version=\"3.0\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
  for (int i = 0; i < count; ++i) {
    out << "<object xsi:type=\"intellectualEntity\">"
        << premis_id("objectIdentifier", fmt::format("o{}", i))
        << "<relationship><relationshipType>logical</relationshipType><relationshipSubType>x"
           "</relationshipSubType>"
        << premis_id("relatedObjectIdentifier", fmt::format("o{}", count - i))
        << "</relationship></object>";
  }
  out << "</premis>";
}

TEST(PremisLinks, OfAHundredThousandObjectsTakeLittleMemory) {
  constexpr std::uint64_t kGrowthMax = 48ULL * 1024 * 1024;
  const test::TemporaryFolder folder;
  write_objects(folder / "premis.xml", 100'000);
  const auto ended = test::in_child(
      [&](std::ostream& out) {
        const AipTree tree("package", {{"premis.xml", "premis.xml", 0, "", "", true, false}});
        FindingSink findings;
        check_premis(folder.path(), tree, {"premis.xml"}, findings, PremisProfile::kAip);
        for (const auto& each : findings.take()) out << each.code << ' ' << each.where << '\n';
      },
      60);
  EXPECT_EQ(ended.signal, 0);
  EXPECT_EQ(ended.answer.find("PREMIS-REF premis.xml:"), 0u) << ended.answer;
  EXPECT_EQ(std::count(ended.answer.begin(), ended.answer.end(), '\n'), 1) << "o100000 alone";
  EXPECT_LT(test::kSanitized ? 0 : ended.grown_bytes, kGrowthMax);
}

}  // namespace
}  // namespace anjuan::packager
