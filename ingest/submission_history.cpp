#include "ingest/submission_history.h"

#include "core/error.h"
#include "core/messages.h"
#include "core/xml_reader.h"
#include "core/xml_schema.h"
#include "core/xml_writer.h"

namespace anjuan::ingest {

namespace {

constexpr std::string_view kNamespace = "urn:anjuan:submissions:1";

AcceptedSubmission from_element(const XmlElement& element) {
  AcceptedSubmission submission;
  submission.file_set_digest = element.value_of("fileSetDigest");
  submission.files = std::stoull(element.value_of("files"));
  submission.kind = element.value_of("kind");
  submission.accepted = parse_instant(element.value_of("accepted"));
  submission.accepted_by = element.value_of("acceptedBy");
  submission.version = std::stoi(element.value_of("version"));
  if (const XmlElement* reason = element.child("reason")) submission.reason = reason->text;
  return submission;
}

}  // namespace

std::string write_submission_history(const std::vector<AcceptedSubmission>& history) {
  std::string out;
  XmlWriter xml([&out](std::string_view bytes) { out += bytes; });
  xml.start("submissions");
  xml.attribute("xmlns", kNamespace);
  for (const auto& submission : history) {
    xml.start("submission");
    xml.attribute("version", static_cast<std::uint64_t>(submission.version));
    xml.attribute("accepted", to_text(submission.accepted));
    xml.attribute("acceptedBy", submission.accepted_by);
    xml.attribute("kind", submission.kind);
    xml.attribute("files", submission.files);
    xml.attribute("fileSetDigest", submission.file_set_digest);
    if (!submission.reason.empty()) xml.element("reason", submission.reason);
    xml.end();
  }
  xml.end();
  xml.close();
  return out;
}

std::vector<AcceptedSubmission> read_submission_history(std::string_view text,
                                                        const std::string& subject) {
  Findings findings;
  const auto& schemas = XmlSchemaSet::embedded_set({"submissions.xsd"});
  const XmlElement root = read_xml_tree(text, subject, &schemas, &findings);
  if (!findings.empty()) {
    throw Error(
        ErrorCode::kCorrupt, subject,
        say("ingest.bad_history", {{"path", subject}, {"reason", findings.front().message}}));
  }
  std::vector<AcceptedSubmission> history;
  for (const auto& element : root.children) history.push_back(from_element(element));
  return history;
}

}  // namespace anjuan::ingest
