#pragma once
// The error that an action throws, as a value to compare.

#include <string>

#include "core/error.h"

namespace anjuan::test {

struct Thrown {
  std::string word = "nothing";  ///< error_word(), or "nothing"
  std::string subject;
  std::string message;
};

/// Runs `action`. Other exceptions than Error go through and fail the test.
template <typename Action>
Thrown thrown_by(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return {std::string(error_word(error.code())), error.subject(), error.what()};
  }
  return {};
}

}  // namespace anjuan::test
