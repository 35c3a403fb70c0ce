#include "preservation/act_log.h"

#include <algorithm>

#include "core/error.h"
#include "core/messages.h"
#include "core/uuid.h"
#include "packager/premis_writer.h"

namespace anjuan::preservation {

namespace {

namespace fs = std::filesystem;

constexpr const char* kBegun = "begun";
constexpr const char* kDone = "done";
constexpr const char* kAbandoned = "abandoned";

/// Namespace of the names of files in events (core/uuid.h).
constexpr std::string_view kFileSpace = "urn:anjuan:act-file";

fs::path journal_of(const Home& home) { return home.data() / "acts.journal"; }

Json entry_of(const Act& act) {
  return Json::object({{"step", Json::string(kBegun)},
                       {"act", Json::string(act.id)},
                       {"kind", Json::string(act.kind)},
                       {"actor", Json::string(act.actor.id)},
                       {"name", Json::string(act.actor.name)},
                       {"time", Json::string(to_text_ms(act.time))},
                       {"object", Json::string(act.object)},
                       {"digest", Json::string(act.digest)},
                       {"replaced", Json::string(act.replaced)},
                       {"reason", Json::string(act.reason)}});
}

Json end_of(const Act& act, const char* step) {
  return Json::object({{"step", Json::string(step)}, {"act", Json::string(act.id)}});
}

Act act_of(const Json& entry) {
  Act act;
  act.id = entry.text_or("act", "");
  act.kind = entry.text_or("kind", "");
  act.actor = {ActorKind::kPerson, entry.text_or("actor", ""), entry.text_or("name", "")};
  act.time = parse_instant(entry.text_or("time", ""));
  act.object = entry.text_or("object", "");
  act.digest = entry.text_or("digest", "");
  act.replaced = entry.text_or("replaced", "");
  act.reason = entry.text_or("reason", "");
  return act;
}

packager::PremisFile premis_file(const fs::path& file) {
  packager::PremisFile described;
  described.digests = digest_file(file);
  described.id = name_uuid(kFileSpace, described.digests.sha512);
  described.mime = "application/json";
  described.original_name = file.filename().string();
  return described;
}

/// The sentence in Chinese, then in English: the document outlives the language of the console.
std::string detail_of(const Act& act) {
  const std::string id = act.replaced.empty() ? "acts.detail" : "acts.detail_replaced";
  std::string text;
  for (const auto language : {Language::kChinese, Language::kEnglish}) {
    if (!text.empty()) text += ' ';
    text += say_in(language, id,
                   {{"object", act.object}, {"replaced", act.replaced}, {"reason", act.reason}});
  }
  return text;
}

void write_premis(const fs::path& target, const Act& act, const std::vector<fs::path>& files) {
  packager::PremisWriter premis(target);
  const Actor program = Actor::program();
  packager::DraftEvent event;
  event.type = act.replaced.empty() ? "accession" : "replacement";
  event.time = act.time;
  event.detail = detail_of(act);
  event.outcome = "success";
  event.agents = {{act.actor.id, "implementer"}, {program.id, "executing program"}};
  packager::PremisEvent out{act.id, &event, {}};
  for (const fs::path& file : files) {
    const auto described = premis_file(file);
    premis.file(described);
    out.objects.push_back(described.id);
  }
  premis.event(out);
  premis.agent({act.actor.id, act.actor.name, "person", ""});
  premis.agent({program.id, program.name, "software", ANJUAN_VERSION});
  premis.close();
}

}  // namespace

void sweep_unfinished(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(kTemporaryPrefix)) fs::remove(entry.path());
  }
}

ActLog::ActLog(FileLock lock, Journal journal, fs::path folder)
    : lock_(std::move(lock)), journal_(std::move(journal)), folder_(std::move(folder)) {
  for (const Json& entry : journal_.entries()) {
    const std::string step = entry.text_or("step", "");
    if (step == kBegun) {
      pending_ = act_of(entry);
    } else {
      if (step == kDone && pending_) acts_.push_back(*pending_);
      pending_.reset();
    }
  }
}

ActLog ActLog::open(const Home& home) {
  const fs::path folder = home.data() / "acts";
  create_folders_durably(folder);
  FileLock lock = FileLock::take(home.data() / "acts.lock");
  sweep_unfinished(folder);
  return ActLog(std::move(lock), Journal::open(journal_of(home)), folder);
}

const Act* ActLog::last_on(std::string_view object) const {
  const auto found = std::find_if(acts_.rbegin(), acts_.rend(),
                                  [object](const Act& act) { return act.object == object; });
  return found == acts_.rend() ? nullptr : &*found;
}

std::optional<ActLog> ActLog::open_if_any(const Home& home) {
  if (!fs::exists(journal_of(home))) return std::nullopt;
  return open(home);
}

void ActLog::begin(const Act& act) {
  journal_.append(entry_of(act));
  pending_ = act;
}

void ActLog::finish(const std::vector<fs::path>& files) {
  const Act act = pending_.value();
  const fs::path document = folder_ / (act.id + ".xml");
  if (!fs::exists(document)) {
    const fs::path draft = folder_ / (std::string(kTemporaryPrefix) + act.id);
    write_premis(draft, act, files);
    FileHandle::open_read(draft).sync(draft.string());
    rename_durably(draft, document);
  }
  journal_.append(end_of(act, kDone));
  acts_.push_back(act);
  pending_.reset();
}

void ActLog::abandon() {
  journal_.append(end_of(pending_.value(), kAbandoned));
  pending_.reset();
}

}  // namespace anjuan::preservation
