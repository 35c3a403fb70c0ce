#include "packager/verify/inventory_version.h"

#include "core/messages.h"
#include "packager/verify/inventory_text.h"

namespace anjuan::packager {

namespace {

class VersionReader {
 public:
  VersionReader(const std::string& name, const Json& value, InventoryFindings& findings,
                std::vector<StateDigest>& digests)
      : name_(name), value_(value), findings_(findings), digests_(digests) {}

  void read(ReadVersion& version) {
    findings_.refuse_unknown(value_, {"created", "state", "message", "user"});
    read_created(version);
    read_state(version);
    read_message(version);
    read_user(version);
  }

 private:
  void read_created(ReadVersion& version) {
    version.created = findings_.need_text(value_, "created", "E048", "E049");
    if (version.created.empty() || is_rfc3339(version.created)) return;
    findings_.error("E049", *value_.find("created"),
                    findings_.text("verify.inventory_time", version.created));
  }

  void read_state(ReadVersion& version) {
    const Json* state = value_.find("state");
    if (!state) {
      findings_.error("E048", value_, findings_.text("verify.inventory_key_missing", "state"));
    } else if (!state->is_object()) {
      findings_.error("E050", *state, findings_.text("verify.inventory_key_wrong", "state"));
    } else {
      version.has_state = true;
      version.state = read_block(*state, kStateCodes, findings_).paths;
      for (const auto& [digest, paths] : state->members()) {
        digests_.push_back({name_, digest, paths.place()});
      }
    }
  }

  void read_message(ReadVersion& version) {
    const Json* message = value_.find("message");
    if (!message) {
      findings_.warn("W007", value_, missing("verify.inventory_no_message", version));
    } else if (message->is_string()) {
      version.message = message->as_string();
    } else {
      findings_.error("E094", *message, findings_.text("verify.inventory_key_wrong", "message"));
    }
  }

  void read_user(ReadVersion& version) {
    const Json* user = value_.find("user");
    if (!user) {
      findings_.warn("W007", value_, missing("ocfl.inventory_no_user", version));
      return;
    }
    if (!user->is_object()) {
      findings_.error("E054", *user, findings_.text("verify.inventory_key_wrong", "user"));
      return;
    }
    findings_.refuse_unknown(*user, {"name", "address"});
    version.user_name = findings_.need_text(*user, "name", "E054", "E054");
    read_address(*user, version);
  }

  void read_address(const Json& user, ReadVersion& version) {
    const Json* address = user.find("address");
    if (!address) {
      findings_.warn("W008", user, missing("verify.inventory_no_address", version));
    } else if (!address->is_string()) {
      findings_.error("E054", *address, findings_.text("verify.inventory_key_wrong", "address"));
    } else {
      version.user_address = address->as_string();
      if (is_uri(version.user_address)) return;
      findings_.warn("W009", *address,
                     findings_.text("verify.inventory_address_no_uri", version.user_address));
    }
  }

  std::string missing(std::string_view id, const ReadVersion& version) {
    return findings_.text(id, version.name);
  }

  const std::string& name_;
  const Json& value_;
  InventoryFindings& findings_;
  std::vector<StateDigest>& digests_;
};

bool is_padded(const ReadVersion& version) { return version.name[1] == '0'; }

/// The first version fixes how the others are named: width (of padded numbers) and zeros.
void check_naming(const ReadVersion& version, const ReadVersion& first, const Json& block,
                  InventoryFindings& findings) {
  const auto report = [&](std::string_view code) {
    findings.error(code, block, findings.text("ocfl.version_naming", version.name));
  };
  const bool full = is_padded(first) && !is_padded(version);  // v10 after v09
  const bool same_width = version.name.size() == first.name.size();
  if (full && same_width) {
    report("E011");
    report("E013");
  } else if (is_padded(version) != is_padded(first) || (is_padded(first) && !same_width)) {
    report("E012");
    report("E013");
  }
}

}  // namespace

ReadVersion read_version(const std::string& name, const Json& value, InventoryFindings& findings,
                         std::vector<StateDigest>& digests) {
  ReadVersion version;
  version.name = name;
  version.number = version_number(name);
  if (version.number == 0) {
    findings.error(name.starts_with('v') ? "E105" : "E104", value,
                   findings.text("verify.inventory_version_name", name));
  }
  if (value.is_object()) {
    VersionReader(name, value, findings, digests).read(version);
  } else {
    findings.error("E047", value, findings.text("verify.inventory_key_wrong", name));
  }
  return version;
}

void check_sequence(const std::vector<ReadVersion>& versions, const Json& block,
                    InventoryFindings& findings) {
  std::uint32_t expected = 1;
  const ReadVersion* first = nullptr;
  bool padded = false;
  for (const auto& version : versions) {
    if (version.number == 0) continue;  // reported by name
    if (version.number != expected) {
      findings.error(first ? "E010" : "E009", block,
                     findings.text("verify.inventory_version_gap", fmt::format("v{}", expected)));
    }
    expected = version.number + 1;
    if (!first) first = &version;
    check_naming(version, *first, block, findings);
    padded |= is_padded(version);
  }
  if (padded) findings.warn("W001", block, findings.text("verify.inventory_padded", "versions"));
}

}  // namespace anjuan::packager
