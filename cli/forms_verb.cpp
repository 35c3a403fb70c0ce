// anjuan forms: the printable forms of a case, made anew from what it declares and what is found.
#include <CLI/CLI.hpp>

#include "cli/context.h"
#include "cli/observe_recordings.h"
#include "core/case/description.h"
#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "ingest/defect_file.h"
#include "ingest/describe.h"
#include "ingest/seen_case.h"
#include "packager/package_id.h"
#include "preservation/forms/forms.h"
#include "preservation/rules/review_xml.h"
#include "preservation/sidecar/measured_facts.h"
#include "preservation/sidecar/recording_law.h"
#include "preservation/sidecar/sidecar_xml.h"
#include "preservation/store/package_reader.h"

namespace anjuan::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReviewFile = "review.xml";
constexpr std::uint64_t kReviewBytesMax = 16ULL * 1024 * 1024;

struct FormsOptions {
  std::string subject;
  fs::path out;
  fs::path review;
  fs::path defects;
  std::string due;
};

/// A case to print forms of, and what only the archive knows of it.
struct FormsSubject {
  CaseFile declared;
  std::string archival_code;
  std::string fonds_name;
  std::optional<rules::DefectStatement> statement;
  std::vector<preservation::RecordingSidecar> sidecars;  ///< as the package holds them
  rules::MediaFactsById media;                           ///< of the recordings that were measured
};

/// What the package holds at `path`, or nothing.
std::optional<std::string> document_in(const preservation::PackageReader& reader,
                                       const std::string& path) {
  const auto files = reader.files(reader.head());
  const bool is_there =
      std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
  if (!is_there) return std::nullopt;
  return reader.document(reader.head(), path);
}

/// metadata/other/recording-NNNN.xml (docs/formats/package.md).
std::vector<preservation::RecordingSidecar> sidecars_in(const preservation::PackageReader& reader) {
  std::vector<preservation::RecordingSidecar> sidecars;
  for (const auto& file : reader.files(reader.head())) {
    if (!file.path.starts_with("metadata/other/recording-")) continue;
    sidecars.push_back(
        preservation::read_sidecar(reader.document(reader.head(), file.path), file.path));
  }
  return sidecars;
}

/// Of each recording of the case: its sidecar, or what the case declares where there is none.
std::vector<preservation::RecordingSidecar> recordings_of(const FormsSubject& subject,
                                                          const rules::LawBook& law) {
  std::vector<preservation::RecordingSidecar> recordings;
  const auto& declared = subject.declared.recordings();
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const auto stored = std::find_if(
        subject.sidecars.begin(), subject.sidecars.end(),
        [&](const auto& sidecar) { return !sidecar.id.empty() && sidecar.id == declared[i].id; });
    if (stored != subject.sidecars.end()) {
      recordings.push_back(*stored);
      continue;
    }
    recordings.push_back(preservation::declared_sidecar(
        subject.declared, i, preservation::recording_law(subject.declared, i, law)));
    recordings.back().not_measured = "not_observed";
  }
  return recordings;
}

FormsSubject stored_case(const Context& context, const std::string& id) {
  const auto home = context.open_home();
  const auto store = preservation::Store::open(home.path(), home.config(), context.clock(),
                                               preservation::OpenMode::kRead);
  const preservation::PackageReader reader(store, packager::PackageId::parse(id));
  const std::string case_xml = reader.document(reader.head(), std::string(ingest::kCasePath));
  FormsSubject subject{
      CaseFile::from_xml(case_xml, "case.xml"), "", home.config().archive.name, {}, {}, {}};
  if (const auto xml = document_in(reader, std::string(ingest::kDescriptionPath))) {
    subject.archival_code = read_description(*xml).value("archivalCode");
  }
  if (const auto xml = document_in(reader, "metadata/other/defects.xml")) {
    subject.statement = rules::DefectStatement::read(*xml, "defects.xml");
  }
  subject.sidecars = sidecars_in(reader);
  for (const auto& sidecar : subject.sidecars) {
    if (auto facts = preservation::measured_facts(sidecar)) subject.media[sidecar.id] = *facts;
  }
  return subject;
}

FormsSubject subject_of(Context& context, const FormsOptions& options, const rules::LawBook& law) {
  if (!fs::exists(options.subject)) return stored_case(context, options.subject);
  const Config::Intake limits;
  auto seen = ingest::look_at(options.subject, limits, context.clock(), context.progress());
  const bool has_home = context.home_data().has_value();
  auto media = observe_recordings(context, seen, law).facts();
  return {std::move(seen.declared),
          "",
          has_home ? context.open_home().config().archive.name : std::string(),
          {},
          {},
          std::move(media)};
}

/// Throws Error(kUsage) for a date that is none.
std::optional<Day> due_day(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto due = instant_of(text);
  if (!due) throw Error(ErrorCode::kUsage, text, say("cli.forms.bad_due", {{"text", text}}));
  return day_of(*due);
}

std::optional<rules::PersonReview> filled_review(const FormsOptions& options,
                                                 const CaseFile& declared) {
  if (options.review.empty()) return std::nullopt;
  const std::string name = options.review.filename().string();
  auto person = rules::read_person_review(read_file(options.review, kReviewBytesMax), name);
  if (!person.case_no.empty() && person.case_no != declared.case_no()) {
    throw Error(ErrorCode::kInvalid, name,
                say("cli.forms.other_case",
                    {{"file", name}, {"other", person.case_no}, {"case", declared.case_no()}}));
  }
  return person;
}

/// What a person wrote into an earlier review.xml there must not be lost by printing again.
void keep_entries(const FormsOptions& options) {
  const fs::path earlier = options.out / kReviewFile;
  std::error_code ignored;
  if (!options.review.empty() || !fs::exists(earlier, ignored)) return;
  const auto person =
      rules::read_person_review(read_file(earlier, kReviewBytesMax), earlier.string());
  if (person.entries.empty()) return;
  throw Error(ErrorCode::kConflict, earlier.string(),
              say("cli.forms.filled_there", {{"file", earlier.string()}}));
}

/// Forms in the folder of a submission would be files that nobody names.
void refuse_inside(const FormsOptions& options) {
  std::error_code ignored;
  if (!fs::is_directory(options.subject, ignored)) return;
  const auto inside =
      fs::weakly_canonical(options.out).lexically_relative(fs::weakly_canonical(options.subject));
  if (!inside.empty() && *inside.begin() != "..") {
    throw Error(ErrorCode::kUsage, options.out.string(),
                say("cli.forms.inside", {{"out", options.out.string()}}));
  }
}

void write(Context& context, const fs::path& file, const std::string& form,
           const std::string& bytes) {
  replace_durably(file, bytes);
  context.print(say("cli.forms.written", {{"form", form}, {"out", file.string()}}));
  context.emit(json_line({{"form", Json::string(form)}, {"out", Json::string(file.string())}}));
}

int run_forms(Context& context, const FormsOptions& options) {
  refuse_inside(options);
  const auto law = rules::LawBook::load(context.home_data());
  auto subject = subject_of(context, options, law);
  const CaseFile& declared = subject.declared;
  if (!options.defects.empty()) {
    subject.statement = ingest::read_defect_file(options.defects).statement;
  }
  keep_entries(options);
  const auto judgement = rules::judge(declared, law, {&subject.media, language()});
  const auto person = filled_review(options, declared);
  const auto sheet =
      rules::review(judgement, law.review, person ? &*person : nullptr, declared.case_no());
  const auto recordings = recordings_of(subject, law);
  const forms::FormInput input{declared,
                               &judgement,
                               &sheet,
                               subject.statement ? &*subject.statement : nullptr,
                               subject.archival_code,
                               "",
                               subject.fonds_name,
                               context.clock().now(),
                               due_day(options.due),
                               &recordings};
  create_folders_durably(options.out);
  const auto made = forms::forms_of(input);
  for (const auto& form : made) {
    write(context, options.out / (form.file_stem + ".html"), form.name, form.html());
  }
  write(context, options.out / kReviewFile, say("forms.review"), rules::to_review_xml(sheet));
  // Last: without a font there is no PDF, but all else is there.
  for (const auto& form : made) {
    write(context, options.out / (form.file_stem + ".pdf"), form.name, form.pdf());
  }
  return 0;
}

}  // namespace

void declare_forms(CLI::App& app, Action& action) {
  CLI::App* verb = add_verb(app, "forms");
  auto options = std::make_shared<FormsOptions>();
  verb->add_option("SUBMISSION|PACKAGE-ID", options->subject, say("cli.forms.subject"))->required();
  verb->add_option("--out", options->out, say("cli.forms.out"))->required();
  verb->add_option("--review", options->review, say("cli.forms.review"));
  verb->add_option("--defects", options->defects, say("cli.forms.defects"));
  verb->add_option("--due", options->due, say("cli.forms.due"));
  verb->callback([&action, options] {
    action = [options](Context& context) { return run_forms(context, *options); };
  });
}

}  // namespace anjuan::cli
