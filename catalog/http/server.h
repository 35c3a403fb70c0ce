#pragma once
// `anjuan serve`: the catalog's pages over HTTP/1.1, for this machine only.
//
// Rules for the caller: index and store outlive the server; start() once; stop() returns when every
// connection has ended. Limits and timeouts: docs/adr/0012-catalog-v0.md.

#include <cstdint>
#include <memory>
#include <string>

#include "catalog/http/routes.h"

namespace anjuan::catalog {

/// A browser opens six connections, a player holds one more while it is paused; Poco gives each a
/// thread for as long as it lives. So: many threads, and idle connections close soon.
inline constexpr int kThreadsMax = 128;
inline constexpr int kWaitingConnectionsMax = 256;
inline constexpr int kReceiveTimeoutSeconds = 10;
inline constexpr int kKeepAliveTimeoutSeconds = 2;
inline constexpr int kKeepAliveRequestsMax = 1000;
/// A client that takes no byte for so long is gone (a paused player asks again by range).
inline constexpr int kSendTimeoutSeconds = 30;

class CatalogServer {
 public:
  struct Options {
    std::string listen = "127.0.0.1:8080";  ///< port 0 = any free port
    const Clock& clock;
    HomeKind kind = HomeKind::kReal;
  };

  /// Throws Error(kDenied) for an address that other machines could reach, kUsage if it is none.
  CatalogServer(const Index& index, const preservation::Store& store, const Options& options);
  ~CatalogServer();
  CatalogServer(const CatalogServer&) = delete;
  CatalogServer& operator=(const CatalogServer&) = delete;

  /// Listens and returns the port. Throws Error(kBusy) if the port is taken, kIo otherwise.
  std::uint16_t start();
  /// Ends transfers in flight and waits for their threads. May be called again.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anjuan::catalog
