#pragma once
// Who does something: every act, event and log line names one.

#include <string>

namespace anjuan {

enum class ActorKind { kPerson, kSoftware, kOrganisation };

struct Actor {
  ActorKind kind = ActorKind::kPerson;
  std::string id;    ///< stable: account or operating-system user, e.g. "os:liyang"
  std::string name;  ///< as shown

  /// The operating-system user of this process (until accounts exist).
  static Actor console_user();

  /// This program, with its version.
  static Actor program();

  bool operator==(const Actor&) const = default;
};

}  // namespace anjuan
