#pragma once
// Ways to change the inventories of an OcflSketch.

#include <functional>
#include <string>

#include "tests/support/ocfl_sketch.h"

namespace anjuan::test {

inline Json& block(Json& root, const std::string& name) { return *root.find(name); }

inline Json& version(Json& root, const std::string& name) {
  return *root.find("versions")->find(name);
}

/// A member of the root of every inventory.
inline std::function<void(OcflSketch&)> everywhere(const std::string& key, Json value) {
  return [key, value](OcflSketch& sketch) {
    sketch.edit = [key, value](Json& root) { root.set(key, value); };
    sketch.edit_v1 = sketch.edit;
  };
}

/// A member of version 2 of the newest inventory.
inline std::function<void(OcflSketch&)> in_v2(const std::string& key, Json value) {
  return [key, value](OcflSketch& sketch) {
    sketch.edit = [key, value](Json& root) { version(root, "v2").set(key, value); };
  };
}

/// A member of the root of the newest inventory.
inline std::function<void(OcflSketch&)> in_root(const std::string& key, Json value) {
  return [key, value](OcflSketch& sketch) {
    sketch.edit = [key, value](Json& root) { root.set(key, value); };
  };
}

inline std::function<void(OcflSketch&)> fixity(const std::string& algorithm,
                                               const std::string& digest, const std::string& path) {
  return [=](OcflSketch& sketch) {
    sketch.edit = [=](Json& root) {
      root.set("fixity",
               Json::object({{algorithm, Json::object({{digest, OcflSketch::list(path)}})}}));
    };
  };
}

inline void without(Json& object, const std::string& key) {
  auto rest = Json::object();
  for (const auto& [name, value] : object.members()) {
    if (name != key) rest.set(name, value);
  }
  object = rest;
}

inline std::function<void(OcflSketch&)> dropped(const std::string& key) {
  return [key](OcflSketch& sketch) { sketch.edit = [key](Json& root) { without(root, key); }; };
}

}  // namespace anjuan::test
