#pragma once
// What the catalog answers: from a request as a value to an answer as a value.
//
// Every rule of the catalog's safety that is not about sockets stands here: who is let in (guard),
// GET and HEAD only, no file by path but only by package and file id, headers on every answer.

#include "catalog/http/exchange.h"
#include "catalog/index/index.h"
#include "core/clock.h"

namespace anjuan::catalog {

/// Longest request target that is read. Our own links stay below 300 bytes.
inline constexpr std::size_t kTargetBytesMax = 4096;

enum class HomeKind { kReal, kTraining };

class Routes {
 public:
  Routes(const Index& index, const preservation::Store& store, const Clock& clock, HomeKind kind)
      : index_(index), store_(store), clock_(clock), kind_(kind) {}

  /// Never throws: an error becomes a page that says what happened and what to do.
  HttpResponse answer(const HttpRequest& request) const;

 private:
  HttpResponse route(const HttpRequest& request) const;
  HttpResponse package(const HttpRequest& request) const;
  HttpResponse file(const HttpRequest& request) const;
  /// A picture out of continuity.xml.
  HttpResponse crop(const HttpRequest& request) const;
  HttpResponse health() const;

  const Index& index_;
  const preservation::Store& store_;
  const Clock& clock_;
  HomeKind kind_;
};

}  // namespace anjuan::catalog
