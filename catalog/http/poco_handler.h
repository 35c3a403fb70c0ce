#pragma once
// The one place where Poco's request and response meet ours.

#include <atomic>
#include <memory>

#include "catalog/http/routes.h"

namespace Poco::Net {
class HTTPRequestHandlerFactory;
}

namespace anjuan::catalog {

/// For an HTTPServer, which takes it over. `stopping` ends transfers in flight; it and `routes`
/// outlive the server.
std::unique_ptr<Poco::Net::HTTPRequestHandlerFactory> make_handler_factory(
    const Routes& routes, const std::atomic<bool>& stopping);

}  // namespace anjuan::catalog
