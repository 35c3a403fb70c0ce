// Runs a fuzz target over stored inputs, where no fuzzing engine is built in: every crash that was
// ever found is replayed by ordinary ctest. Also mutates each input with a fixed seed, so that a
// plain build explores a little beyond them.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr int kMutationsPerInput = 200;
constexpr std::uint64_t kSeed = 20261123;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutated(std::string input, std::mt19937_64& random) {
  const auto edits = 1 + random() % 4;
  for (std::uint64_t i = 0; i < edits && !input.empty(); ++i) {
    const auto at = random() % input.size();
    switch (random() % 4) {
      case 0:
        input[at] = static_cast<char>(random());
        break;
      case 1:
        input.erase(at, 1 + random() % 8);
        break;
      case 2:
        input.insert(at, input.substr(random() % input.size(), random() % 16));
        break;
      default:
        input.resize(at);
        break;
    }
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  std::mt19937_64 random(kSeed);
  for (int i = 1; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) continue;
    for (const auto& entry : fs::directory_iterator(argv[i])) {
      const std::string input = read(entry.path());
      run(input);
      for (int m = 0; m < kMutationsPerInput; ++m) run(mutated(input, random));
      ++inputs;
    }
  }
  std::cout << inputs << " stored inputs, " << inputs * kMutationsPerInput << " mutations\n";
  return inputs == 0 ? 1 : 0;
}
