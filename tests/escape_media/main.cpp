// anjuan-media with a trapdoor: the true workers, and crafted files that take them over. Built into
// a folder of its own as "anjuan-media", since a program looks for its workers beside itself.
#include "tests/support/escape_hatch.h"

int main(int argc, char** argv) {
  return anjuan::test::run_worker_or_escape(argc, argv).value_or(2);
}
