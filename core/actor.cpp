#include "core/actor.h"

#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace anjuan {

Actor Actor::console_user() {
  std::vector<char> buffer(16 * 1024);
  passwd entry{};
  passwd* found = nullptr;
  const uid_t uid = ::getuid();
  if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    return {ActorKind::kPerson, std::string("os:") + found->pw_name, found->pw_name};
  }
  const std::string number = std::to_string(uid);
  return {ActorKind::kPerson, "os:" + number, number};
}

Actor Actor::program() {
  return {ActorKind::kSoftware, "anjuan " ANJUAN_VERSION, "Anjuan " ANJUAN_VERSION};
}

}  // namespace anjuan
