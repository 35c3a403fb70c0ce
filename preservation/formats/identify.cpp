#include "preservation/formats/identify.h"

#include "core/error.h"
#include "core/messages.h"
#include "preservation/formats/identify/look_inside.h"
#include "preservation/formats/identify/second_opinion.h"
#include "preservation/formats/identify/text_kind.h"

namespace anjuan::formats {

namespace {

constexpr std::string_view kPlainText = "x-fmt/111";

std::string extension_of(std::string_view name) {
  const auto slash = name.rfind('/');
  if (slash != name.npos) name.remove_prefix(slash + 1);
  const auto dot = name.rfind('.');
  return dot == name.npos ? std::string() : lower_ascii(name.substr(dot + 1));
}

bool has_extension(const Format& format, std::string_view extension) {
  const auto& all = format.extensions;
  return std::find(all.begin(), all.end(), extension) != all.end();
}

FileWindows read_windows(const FileHandle& file) {
  DescriptorInput input(file.get());
  FileWindows windows;
  windows.bytes = input.size();
  windows.head.resize(std::min<std::uint64_t>(windows.bytes, kHeadWindowBytes));
  windows.tail.resize(std::min<std::uint64_t>(windows.bytes, kTailWindowBytes));
  if (!input.read_at(0, windows.head) ||
      !input.read_at(windows.bytes - windows.tail.size(), windows.tail)) {
    throw Error(ErrorCode::kIo, "", "");
  }
  return windows;
}

using Hits = SignatureSet::Hits;

FormatName name_of(const Format& format) {
  // PRONOM names none or several media types for formats for which our own table chose one.
  const Format* own = SignatureSet::own().find(format.puid);
  return {format.puid, format.name, format.version, own != nullptr ? own->mime : format.mime};
}

/// The work on one file.
class Case {
 public:
  Case(const SignatureSet& set, const IdentifierSources& sources, const NamedFile& file)
      : set_(set), sources_(sources), file_(file), extension_(extension_of(file.name)) {}

  Identification run() {
    try {
      windows_ = read_windows(*file_.file);
    } catch (const Error&) {
      warn("IDENTIFY-UNREADABLE", say("identify.unreadable", {{"file", file_.name}}));
      return std::move(result_);
    }
    if (windows_.bytes == 0) {
      warn("IDENTIFY-EMPTY", say("identify.empty", {{"file", file_.name}}));
      return std::move(result_);
    }
    result_.charset = charset_of(windows_);
    if (!by_content(set_) && (&set_ == &SignatureSet::own() || !by_content(SignatureSet::own()))) {
      by_text_or_name();
    }
    if (result_.basis >= Basis::kSignature) check_extension();
    return std::move(result_);
  }

  std::string take_head() { return windows_.head.substr(0, kOpinionHeadBytes); }

 private:
  void warn(std::string_view code, std::string sentence) {
    result_.findings.push_back({std::string(code), Severity::kWarn, "", file_.name,
                                std::move(sentence), CheckResult::kFailed});
  }

  /// By signature, then by the members if it is a container. False if nothing is found.
  bool by_content(const SignatureSet& set) {
    const auto hits = set.by_bytes(windows_);
    if (hits.formats.empty()) return false;
    for (const ContainerKind kind : hits.containers) {
      const Hits inside = by_members(set, kind);
      if (inside.empty()) continue;
      choose(inside, Basis::kContainer);
      return true;
    }
    choose(hits.formats, Basis::kSignature);
    return true;
  }

  /// Where PRONOM knows nothing of the members, our own table may: one look serves both.
  Hits by_members(const SignatureSet& set, ContainerKind kind) {
    WantedPaths wanted;
    for (const SignatureSet* asked : {&set, &SignatureSet::own()}) {
      for (std::string& path : asked->wanted_members(kind)) wanted.insert(std::move(path));
    }
    const auto inside = look_inside(*file_.file, kind, wanted, sources_.least);
    if (inside.end != SandboxEnd::kOk) {
      warn("IDENTIFY-CONTAINER", say("identify.container_child", {{"file", file_.name}}));
    } else if (!inside.damage.empty()) {
      warn("IDENTIFY-CONTAINER",
           say("identify.container_damaged", {{"file", file_.name}, {"detail", inside.damage}}));
    }
    const Hits hits = set.by_members(kind, inside.members);
    return hits.empty() ? SignatureSet::own().by_members(kind, inside.members) : hits;
  }

  /// Among several formats the name may decide; else it stays open.
  void choose(const Hits& hits, Basis basis) {
    result_.basis = basis;
    Hits named;
    for (const Format* hit : hits) {
      if (has_extension(*hit, extension_)) named.push_back(hit);
    }
    if (hits.size() == 1 || named.size() == 1) {
      take(hits.size() == 1 ? *hits.front() : *named.front());
      return;
    }
    for (const Format* hit : hits) result_.candidates.push_back(name_of(*hit));
    const std::string& mime = result_.candidates.front().mime;
    const bool same = std::all_of(result_.candidates.begin(), result_.candidates.end(),
                                  [&](const FormatName& other) { return other.mime == mime; });
    if (same) result_.mime = mime;
    warn("IDENTIFY-AMBIGUOUS",
         say("identify.ambiguous", {{"file", file_.name}, {"formats", list_of_candidates()}}));
  }

  std::string list_of_candidates() const {
    constexpr std::size_t kShown = 5;
    std::string list;
    for (std::size_t i = 0; i < std::min(kShown, result_.candidates.size()); ++i) {
      list += (i == 0 ? "" : ", ") + result_.candidates[i].puid;
    }
    return list;
  }

  void take(const Format& format) {
    chosen_ = &format;
    static_cast<FormatName&>(result_) = name_of(format);
  }

  /// Formats of the file's extension that no signature could have shown.
  Hits without_signature(const SignatureSet& set) const {
    Hits hits = set.by_extension(extension_);
    std::erase_if(hits, [](const Format* format) { return format->has_signature; });
    return hits;
  }

  /// Text is told by its bytes, its kind by the name.
  void by_text_or_name() {
    const SignatureSet& own = SignatureSet::own();
    const Hits kinds = without_signature(own);
    if (!result_.charset.empty()) {
      result_.basis = Basis::kText;
      take(kinds.empty() ? *own.find(kPlainText) : *kinds.front());
    } else {
      by_name(kinds.empty() ? without_signature(set_) : kinds);
    }
    check_named_format();
  }

  void by_name(const Hits& hits) {
    if (hits.empty()) {
      result_.mime = "application/octet-stream";
      warn("IDENTIFY-UNKNOWN", say("identify.unknown", {{"file", file_.name}}));
      return;
    }
    result_.basis = Basis::kExtension;
    if (hits.size() == 1) {
      take(*hits.front());
    } else {
      for (const Format* hit : hits) result_.candidates.push_back(name_of(*hit));
    }
    const std::string format = hits.size() == 1 ? result_.name : list_of_candidates();
    warn("IDENTIFY-EXTENSION-ONLY",
         say("identify.extension_only", {{"file", file_.name}, {"format", format}}));
  }

  /// What has a signature and does not show it is not of that format, whatever its name says.
  void check_named_format() {
    for (const Format* format : SignatureSet::own().by_extension(extension_)) {
      if (!format->has_signature || chosen_ == format) continue;
      if (chosen_ != nullptr && has_extension(*chosen_, extension_)) return;
      warn("IDENTIFY-NOT-AS-NAMED",
           say("identify.not_as_named", {{"file", file_.name}, {"format", format->name}}));
      return;
    }
  }

  void check_extension() {
    if (chosen_ == nullptr || chosen_->extensions.empty()) return;
    if (has_extension(*chosen_, extension_)) return;
    const Format* own = SignatureSet::own().find(chosen_->puid);
    if (own != nullptr && has_extension(*own, extension_)) return;
    warn("IDENTIFY-EXTENSION",
         say("identify.extension_mismatch",
             {{"file", file_.name},
              {"format", fmt::format("{} ({})", result_.name, result_.puid)},
              {"expected", fmt::format(".{}", chosen_->extensions.front())}}));
  }

  const SignatureSet& set_;
  const IdentifierSources& sources_;
  const NamedFile& file_;
  std::string extension_;
  FileWindows windows_;
  const Format* chosen_ = nullptr;
  Identification result_;
};

}  // namespace

std::string_view basis_word(Basis basis) {
  constexpr std::string_view kWords[] = {"none", "extension", "text", "signature", "container"};
  return kWords[static_cast<std::size_t>(basis)];
}

std::string_view opinion_word(Opinion opinion) {
  constexpr std::string_view kWords[] = {"none", "not_comparable", "agrees", "disagrees"};
  return kWords[static_cast<std::size_t>(opinion)];
}

namespace {

/// By the number in the name: V99 is older than V122.
std::optional<std::filesystem::path> newest(const std::filesystem::path& folder,
                                            std::string_view prefix) {
  std::optional<std::filesystem::path> best;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(".xml")) continue;
    const std::string other = best ? best->filename().string() : "";
    if (std::pair(name.size(), name) > std::pair(other.size(), other)) best = entry.path();
  }
  return best;
}

}  // namespace

IdentifierSources IdentifierSources::in_folder(const std::filesystem::path& folder) {
  IdentifierSources sources;
  sources.pronom = newest(folder, "DROID_SignatureFile");
  if (sources.pronom) sources.containers = newest(folder, "container-signature");
  return sources;
}

struct Identifier::State {
  IdentifierSources sources;
  std::optional<SignatureSet> pronom;

  const SignatureSet& set() const { return pronom ? *pronom : SignatureSet::own(); }
};

Identifier::Identifier(std::unique_ptr<State> state) : state_(std::move(state)) {}

Identifier::~Identifier() = default;
Identifier::Identifier(Identifier&&) noexcept = default;

Identifier Identifier::open(const IdentifierSources& sources) {
  auto state = std::make_unique<State>();
  state->sources = sources;
  if (sources.pronom) {
    state->pronom = SignatureSet::from_pronom(*sources.pronom, sources.containers);
    state->pronom->add_local(SignatureSet::own());
  }
  return Identifier(std::move(state));
}

Identification Identifier::identify(const std::filesystem::path& path) const {
  const FileHandle file = FileHandle::open_read(path);
  const NamedFile named{&file, path.filename().string()};
  return std::move(identify_all({&named, 1}).front());
}

namespace {

/// libmagic's answer, set against the media type.
void compare(Identification& result, const std::string& file, std::string answer) {
  result.opinion_mime = std::move(answer);
  auto same = same_media_type(result.mime, result.opinion_mime);
  if (!same || result.basis == Basis::kNone) return;
  // Less than we know, but not wrong.
  if (result.basis == Basis::kContainer)
    *same |= *same_media_type("container", result.opinion_mime);
  if (!result.charset.empty()) *same |= *same_media_type("text", result.opinion_mime);
  if (result.mime.empty()) {
    result.opinion = Opinion::kNotComparable;
    return;
  }
  result.opinion = *same ? Opinion::kAgrees : Opinion::kDisagrees;
  if (*same) return;
  const std::string format =
      result.puid.empty() ? result.mime : fmt::format("{} ({})", result.name, result.puid);
  result.findings.push_back(
      {"IDENTIFY-OPINION", Severity::kWarn, "", file,
       say("identify.opinion",
           {{"file", file}, {"format", format}, {"opinion", result.opinion_mime}}),
       CheckResult::kNeedsPerson});
}

/// Asks about all of `heads`, which belong to the last of `results`.
void ask_magic(std::span<const std::string> heads, SandboxLevel least,
               std::span<const NamedFile> files, std::span<Identification> results) {
  const std::vector<std::string_view> views(heads.begin(), heads.end());
  auto answers = second_opinions(views, least);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    compare(results[i], files[i].name, std::move(answers[i]));
  }
}

}  // namespace

std::vector<Identification> Identifier::identify_all(std::span<const NamedFile> files) const {
  std::vector<Identification> results;
  std::vector<std::string> heads;
  std::size_t bytes = 0;
  for (const NamedFile& file : files) {
    Case one(state_->set(), state_->sources, file);
    results.push_back(one.run());
    if (!state_->sources.ask_magic) continue;
    heads.push_back(one.take_head());
    bytes += heads.back().size();
    if (bytes < kOpinionBatchBytes && results.size() < files.size()) continue;
    const std::size_t first = results.size() - heads.size();
    ask_magic(heads, state_->sources.least, files.subspan(first, heads.size()),
              std::span(results).subspan(first));
    heads.clear();
    bytes = 0;
  }
  return results;
}

std::string Identifier::version() const { return state_->set().version(); }

}  // namespace anjuan::formats
