#pragma once
// What a request and a file ask of the answer: language, and how a file is handed over.

#include <string>
#include <string_view>

#include "core/messages.h"

namespace anjuan::catalog {

/// Of ?lang= ("zh-CN" or "en"), else of Accept-Language by weight, else Chinese.
Language choose_language(std::string_view lang_parameter, std::string_view accept_language);

/// "zh-CN" or "en", as in <html lang> and ?lang=.
std::string_view language_tag(Language language);

enum class Disposition { kInline, kAttachment };

/// Inline is what a browser shows by itself and in its own sandbox: PDF, still pictures, audio,
/// video, plain text. Everything else, HTML and SVG above all, is only ever saved: it could run
/// script with the catalog's own rights.
Disposition disposition_of(std::string_view mime);

/// Content-Disposition with the name twice: as ASCII for old clients, as UTF-8 by RFC 6266 and
/// RFC 8187 for all others. `name` is one path segment.
std::string content_disposition(Disposition disposition, std::string_view name);

/// The type to send: text types get charset=utf-8, an empty or malformed type is octet-stream.
std::string content_type(std::string_view mime);

}  // namespace anjuan::catalog
