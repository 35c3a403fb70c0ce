#pragma once
// A home opened for work on its packages: its store, its index, and the desk of ingest over both.

#include <mutex>

#include "catalog/index/index.h"
#include "cli/context.h"
#include "ingest/accession.h"

namespace anjuan::cli {

/// For acts without steps that a person waits for one by one.
class NoSteps final : public ingest::StepListener {
  void step(const std::string&, std::string_view, ingest::StepState,
            std::chrono::milliseconds) override {}
};

class OpenDesk {
 public:
  /// `context` and `steps` outlive it. Throws what opening a home, a store and an index throws.
  OpenDesk(Context& context, ingest::StepListener& steps);
  OpenDesk(const OpenDesk&) = delete;
  OpenDesk& operator=(const OpenDesk&) = delete;

  ingest::Desk& desk() { return desk_; }

  const preservation::Store& store() const { return store_; }

 private:
  preservation::Home home_;
  preservation::Store store_;
  rules::LawBook law_;
  preservation::VirusScanner scanner_;
  formats::Identifier identifier_;
  formats::FormatPolicy policy_;
  catalog::Index index_;
  std::mutex index_mutex_;  ///< several submissions may be at work at once
  ingest::Desk desk_;
};

}  // namespace anjuan::cli
