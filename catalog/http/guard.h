#pragma once
// Who may talk to the catalog while it has no accounts: this machine, by this machine's names.

#include <cstdint>
#include <string>
#include <string_view>

namespace anjuan::catalog {

struct ListenAddress {
  std::string host;  ///< "127.0.0.1", "::1"
  std::uint16_t port = 0;
};

/// Reads "127.0.0.1:8080", "[::1]:8080" or "localhost:8080"; port 0 = any free port.
/// Throws Error(kUsage) if it cannot be read and Error(kDenied) for any address that another
/// machine could reach: without accounts everybody there would read every case.
ListenAddress parse_listen_address(std::string_view text);

/// True if a Host header names this machine. A foreign name on a loopback connection means that a
/// web page elsewhere has pointed its own name here (DNS rebinding). The port does not matter: a
/// forwarded port is still this machine.
bool is_local_host(std::string_view host_header);

}  // namespace anjuan::catalog
