#include "catalog/http/poco_handler.h"

#include <cerrno>
#include <cstring>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <sys/sendfile.h>

#include "catalog/http/server.h"
#include "core/durable.h"
#include "core/error.h"

namespace anjuan::catalog {

namespace {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;
using Poco::Net::StreamSocket;

constexpr std::size_t kChunkBytes = 1024 * 1024;

HttpRequest request_of(const HTTPServerRequest& from) {
  HttpRequest request;
  request.method = from.getMethod();
  // A repeated Host could mean one thing to a proxy and another to us.
  request.host = from.has("Host") ? from.get("Host") : "";
  request.accept_language = from.get("Accept-Language", "");
  request.range = from.get("Range", "");
  request.if_range = from.get("If-Range", "");
  const auto length = from.get("Content-Length", "0");
  request.has_body = length != "0" || from.has("Transfer-Encoding");
  decode_target(from.getURI().substr(0, kTargetBytesMax), request);
  const auto hosts = std::count_if(from.begin(), from.end(), [](const auto& header) {
    return Poco::icompare(header.first, "Host") == 0;
  });
  request.well_formed =
      request.well_formed && hosts == 1 && from.getURI().size() <= kTargetBytesMax;
  return request;
}

enum class Waiting { kReady, kStopped };

/// Until the client takes more bytes; gives up when it takes none for kSendTimeoutSeconds.
Waiting wait_writable(StreamSocket& socket, const std::atomic<bool>& stopping) {
  for (int second = 0; second < kSendTimeoutSeconds && !stopping; ++second) {
    if (socket.poll(Poco::Timespan(1, 0), Poco::Net::Socket::SELECT_WRITE)) return Waiting::kReady;
  }
  return Waiting::kStopped;
}

/// Straight from the page cache to the socket. Poco's threads have SIGPIPE blocked, so a client
/// that went away is an error here and no signal. False if not everything was sent.
bool send_bytes(StreamSocket& socket, const FileHandle& file, ByteSpan span,
                const std::atomic<bool>& stopping) {
  auto offset = static_cast<off_t>(span.first);
  auto left = span.length;
  socket.setBlocking(false);
  while (left > 0) {
    const auto chunk = static_cast<std::size_t>(std::min<std::uint64_t>(left, kChunkBytes));
    const auto sent = ::sendfile(socket.impl()->sockfd(), file.get(), &offset, chunk);
    if (sent > 0) {
      left -= static_cast<std::uint64_t>(sent);
    } else if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (wait_writable(socket, stopping) == Waiting::kStopped) return false;
    } else {
      return false;  // the client is gone, or the file is shorter than it was
    }
    if (stopping) return false;
  }
  socket.setBlocking(true);
  return true;
}

class PocoHandler final : public Poco::Net::HTTPRequestHandler {
 public:
  PocoHandler(const Routes& routes, const std::atomic<bool>& stopping)
      : routes_(routes), stopping_(stopping) {}

  void handleRequest(HTTPServerRequest& from, HTTPServerResponse& to) override {
    const auto request = request_of(from);
    const auto response = routes_.answer(request);
    to.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status),
                          std::string(reason_of(response.status)));
    for (const auto& [name, value] : response.headers) to.set(name, value);
    // After a request that we did not understand, the next bytes may be its body: never a request.
    if (response.status >= 400 && response.status != 404 && response.status != 416) {
      to.setKeepAlive(false);
    }
    if (stopping_) to.setKeepAlive(false);
    if (const auto* text = std::get_if<std::string>(&response.body)) {
      send_text(request, *text, to);
    } else {
      send_file(request, std::get<FileBody>(response.body), from, to);
    }
  }

 private:
  static void send_text(const HttpRequest& request, const std::string& text,
                        HTTPServerResponse& to) {
    to.setContentLength64(static_cast<Poco::Int64>(text.size()));
    auto& out = to.send();
    if (request.method != "HEAD") out << text;
  }

  void send_file(const HttpRequest& request, const FileBody& body, HTTPServerRequest& from,
                 HTTPServerResponse& to) const {
    to.setContentLength64(static_cast<Poco::Int64>(body.span.length));
    to.send().flush();
    if (request.method == "HEAD") return;
    auto& socket = static_cast<Poco::Net::HTTPServerRequestImpl&>(from).socket();
    if (send_bytes(socket, *body.file, body.span, stopping_)) return;
    // The length was promised and not kept: only closing tells the client.
    to.setKeepAlive(false);
    socket.shutdown();
  }

  const Routes& routes_;
  const std::atomic<bool>& stopping_;
};

class HandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  HandlerFactory(const Routes& routes, const std::atomic<bool>& stopping)
      : routes_(routes), stopping_(stopping) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const HTTPServerRequest& /*request*/) override {
    return std::make_unique<PocoHandler>(routes_, stopping_).release();
  }

 private:
  const Routes& routes_;
  const std::atomic<bool>& stopping_;
};

}  // namespace

std::unique_ptr<Poco::Net::HTTPRequestHandlerFactory> make_handler_factory(
    const Routes& routes, const std::atomic<bool>& stopping) {
  return std::make_unique<HandlerFactory>(routes, stopping);
}

}  // namespace anjuan::catalog
