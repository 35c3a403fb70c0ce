// anjuan-media: the workers that need the media libraries. Started by anjuan, never by people.
//
// A program of its own because those libraries are a hundred and thirty: whoever links them pays
// for it at every start, and anjuan starts itself again for every foreign file.
#include <iostream>

#include "core/messages.h"
#include "core/sandbox.h"

int main(int argc, char** argv) {
  if (const auto status = anjuan::run_if_worker(argc, argv)) return *status;
  std::cerr << anjuan::say("characterise.not_for_people") << '\n';
  return 2;
}
