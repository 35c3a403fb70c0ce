#pragma once
// A TreeSink that keeps everything in memory and watches that its rules are kept.

#include <map>
#include <stdexcept>
#include <string>

#include "packager/tree_sink.h"

namespace anjuan::test {

class MemorySink final : public packager::TreeSink {
 public:
  void begin(const std::string& path, std::uint64_t bytes, Instant modified) override {
    demand(!open_ && !finished_ && !files_.contains(path), "begin " + path);
    open_ = true;
    path_ = path;
    promised_ = bytes;
    modified_[path] = modified;
    files_[path];
  }

  void write(std::span<const std::byte> block) override {
    demand(open_, "write");
    files_[path_].append(reinterpret_cast<const char*>(block.data()), block.size());
  }

  void end() override {
    demand(open_ && files_[path_].size() == promised_, "end " + path_);
    open_ = false;
  }

  void finish() override {
    demand(!open_ && !finished_, "finish");
    finished_ = true;
  }

  const std::map<std::string, std::string>& files() const { return files_; }

  Instant modified(const std::string& path) const { return modified_.at(path); }

 private:
  static void demand(bool kept, const std::string& what) {
    if (!kept) throw std::logic_error("sink used wrongly: " + what);
  }

  std::map<std::string, std::string> files_;
  std::map<std::string, Instant> modified_;
  std::string path_;
  std::uint64_t promised_ = 0;
  bool open_ = false;
  bool finished_ = false;
};

}  // namespace anjuan::test
