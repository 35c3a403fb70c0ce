#pragma once
// A file without a name, for what reads from a descriptor.

#include <span>
#include <string_view>

#include <sys/mman.h>

#include "core/durable.h"

namespace anjuan::test {

class AnonymousFile {
 public:
  explicit AnonymousFile(std::string_view bytes)
      : handle_(::memfd_create("anjuan-test", MFD_CLOEXEC)), size_(bytes.size()) {
    handle_.write_all(std::as_bytes(std::span(bytes)), "anjuan-test");
  }

  int get() const { return handle_.get(); }

  std::size_t size() const { return size_; }

 private:
  FileHandle handle_;
  std::size_t size_;
};

}  // namespace anjuan::test
