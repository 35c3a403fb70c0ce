#include "catalog/index/premis_reading.h"

#include "core/xml_reader.h"

namespace anjuan::catalog {

namespace {

constexpr std::string_view kPremis = "http://www.loc.gov/premis/v3";
constexpr std::string_view kExtension = "objectCharacteristicsExtension";

class PremisHandler final : public XmlHandler {
 public:
  explicit PremisHandler(const PremisSink& sink) : sink_(sink) {}

  void start(std::string_view namespace_uri, std::string_view name,
             const std::vector<XmlAttribute>& /*attributes*/, Place /*place*/) override {
    text_.clear();
    // What another standard says of a file tells of no event, whatever its elements are called.
    if (in_extension_ > 0 || name == kExtension) ++in_extension_;
    if (in_extension_ > 0 || namespace_uri != kPremis) return;
    if (name == "event") {
      inside_ = Inside::kEvent;
      event_ = {};
    } else if (name == "agent") {
      inside_ = Inside::kAgent;
      agent_ = {};
    } else if (name == "linkingAgentIdentifier" && inside_ == Inside::kEvent) {
      event_.agents.emplace_back();
    }
  }

  void text(std::string_view characters) override {
    if (inside_ != Inside::kNothing) text_ += characters;
  }

  void end(std::string_view namespace_uri, std::string_view name) override {
    if (in_extension_ > 0) {
      --in_extension_;
      return;
    }
    if (namespace_uri != kPremis) return;
    if (name == "event") {
      sink_.event(event_);
      inside_ = Inside::kNothing;
    } else if (name == "agent") {
      sink_.agent(agent_);
      inside_ = Inside::kNothing;
    } else if (inside_ == Inside::kEvent) {
      end_in_event(name);
    } else if (inside_ == Inside::kAgent) {
      end_in_agent(name);
    }
    text_.clear();
  }

 private:
  enum class Inside { kNothing, kEvent, kAgent };

  void end_in_event(std::string_view name) {
    if (name == "eventIdentifierValue") {
      event_.id = text_;
    } else if (name == "eventType") {
      event_.type = text_;
    } else if (name == "eventDateTime") {
      event_.time = text_;
    } else if (name == "eventDetail") {
      event_.detail += text_;
    } else if (name == "eventOutcome") {
      event_.outcome = text_;
    } else if (name == "eventOutcomeDetailNote") {
      event_.outcome_note += text_;
    } else if (name == "linkingAgentIdentifierValue" && !event_.agents.empty()) {
      event_.agents.back().id = text_;
    } else if (name == "linkingAgentRole" && !event_.agents.empty()) {
      event_.agents.back().role = text_;
    }
  }

  void end_in_agent(std::string_view name) {
    if (name == "agentIdentifierValue" && agent_.id.empty()) {
      agent_.id = text_;
    } else if (name == "agentName" && agent_.name.empty()) {
      agent_.name = text_;
    } else if (name == "agentType") {
      agent_.type = text_;
    } else if (name == "agentVersion") {
      agent_.version = text_;
    }
  }

  const PremisSink& sink_;
  Inside inside_ = Inside::kNothing;
  std::uint32_t in_extension_ = 0;  ///< open elements of an extension, itself counted
  EventRow event_;
  AgentRow agent_;
  std::string text_;
};

}  // namespace

void read_premis(const std::filesystem::path& file, const std::string& subject,
                 const PremisSink& sink) {
  PremisHandler handler(sink);
  parse_xml(file, subject, handler);
}

}  // namespace anjuan::catalog
