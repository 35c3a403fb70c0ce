#include "catalog/http/server.h"

#include <atomic>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include "catalog/http/guard.h"
#include "catalog/http/poco_handler.h"
#include "core/error.h"
#include "core/messages.h"

namespace anjuan::catalog {

namespace {

Poco::Net::HTTPServerParams::Ptr parameters() {
  auto params = Poco::makeAuto<Poco::Net::HTTPServerParams>();
  params->setKeepAlive(true);
  params->setKeepAliveTimeout(Poco::Timespan(kKeepAliveTimeoutSeconds, 0));
  params->setMaxKeepAliveRequests(kKeepAliveRequestsMax);
  params->setTimeout(Poco::Timespan(kReceiveTimeoutSeconds, 0));
  params->setMaxThreads(kThreadsMax);
  params->setMaxQueued(kWaitingConnectionsMax);
  return params;
}

}  // namespace

struct CatalogServer::State {
  State(const Index& index, const preservation::Store& store, const Options& options)
      : address(parse_listen_address(options.listen)),
        routes(index, store, options.clock, options.kind) {}

  ListenAddress address;
  Routes routes;
  std::atomic<bool> stopping = false;
  Poco::ThreadPool pool{"catalog", 4, kThreadsMax};
  std::unique_ptr<Poco::Net::HTTPServer> server;
};

CatalogServer::CatalogServer(const Index& index, const preservation::Store& store,
                             const Options& options)
    : state_(std::make_unique<State>(index, store, options)) {}

CatalogServer::~CatalogServer() { stop(); }

std::uint16_t CatalogServer::start() {
  const auto& address = state_->address;
  try {
    Poco::Net::ServerSocket socket;
    // The address may be in TIME_WAIT, but no second server may share the port (SO_REUSEPORT).
    socket.bind(Poco::Net::SocketAddress(address.host, address.port), true, false);
    socket.listen();
    const auto port = socket.address().port();
    state_->server = std::make_unique<Poco::Net::HTTPServer>(
        make_handler_factory(state_->routes, state_->stopping).release(), state_->pool, socket,
        parameters());
    state_->server->start();
    return port;
  } catch (const Poco::Exception& error) {
    const auto place = fmt::format("{}:{}", address.host, address.port);
    const bool taken = error.code() == EADDRINUSE;
    throw Error(taken ? ErrorCode::kBusy : ErrorCode::kIo, place,
                say(taken ? "catalog.port_taken" : "catalog.cannot_listen",
                    {{"address", place}, {"reason", error.displayText()}}));
  }
}

void CatalogServer::stop() {
  if (!state_->server) return;
  state_->stopping = true;
  state_->server->stop();
  state_->pool.joinAll();
  state_->server.reset();
}

}  // namespace anjuan::catalog
