#include "catalog/http/guard.h"

#include <charconv>

#include "core/error.h"
#include "core/messages.h"

namespace anjuan::catalog {

namespace {

struct HostPort {
  std::string_view host;
  std::string_view port;
  bool has_port = false;
};

HostPort split(std::string_view text) {
  // The colons inside [..] belong to an IPv6 address.
  const auto bracket = text.rfind(']');
  const auto colon = text.find(':', bracket == text.npos ? 0 : bracket);
  if (colon == text.npos) return {text, {}, false};
  return {text.substr(0, colon), text.substr(colon + 1), true};
}

bool is_port(std::string_view text, std::uint16_t& port) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), port);
  return !text.empty() && result.ec == std::errc() && result.ptr == text.data() + text.size();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

ListenAddress parse_listen_address(std::string_view text) {
  const auto parts = split(text);
  ListenAddress address;
  if (parts.host.empty() || !parts.has_port || !is_port(parts.port, address.port)) {
    throw Error(ErrorCode::kUsage, std::string(text),
                say("catalog.listen_unreadable", {{"address", std::string(text)}}));
  }
  const auto host = lower(parts.host);
  if (host == "localhost" || host == "127.0.0.1") {
    address.host = "127.0.0.1";
  } else if (host == "[::1]") {
    address.host = "::1";
  } else {
    throw Error(ErrorCode::kDenied, std::string(text),
                say("catalog.listen_denied", {{"address", std::string(text)}}));
  }
  return address;
}

bool is_local_host(std::string_view host_header) {
  const auto parts = split(host_header);
  std::uint16_t port = 0;
  if (parts.has_port && !is_port(parts.port, port)) return false;
  const auto host = lower(parts.host);
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace anjuan::catalog
