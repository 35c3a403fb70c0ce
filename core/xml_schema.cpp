#include "core/xml_schema.h"

#include <map>
#include <mutex>
#include <type_traits>

#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/sax/EntityResolver.hpp>
#include <xercesc/sax/ErrorHandler.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "core/durable.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_library.h"

namespace anjuan {

static_assert(std::is_same_v<XMLCh, char16_t>);

namespace {

using namespace xercesc;

std::unique_ptr<MemBufInputSource> source_of(const XmlSchemaSource& source) {
  return std::make_unique<MemBufInputSource>(reinterpret_cast<const XMLByte*>(source.text.data()),
                                             source.text.size(), source.name.c_str());
}

/// Finds imports among the sources of the set; anything else is an error, never a fetch.
class SourceResolver final : public EntityResolver {
 public:
  explicit SourceResolver(const std::vector<XmlSchemaSource>& sources) : sources_(sources) {}

  InputSource* resolveEntity(const XMLCh*, const XMLCh* system_id) override {
    const std::string location = detail::to_utf8(system_id);
    for (const auto& source : sources_) {
      if (source.name == detail::file_name_of(location)) return source_of(source).release();
    }
    throw Error(ErrorCode::kInvalid, location,
                say("xml.schema_import_unknown", {{"target", location}}));
  }

 private:
  const std::vector<XmlSchemaSource>& sources_;
};

/// A schema with any error is not used.
class SchemaErrors final : public ErrorHandler {
 public:
  void warning(const SAXParseException& problem) override { fail(problem); }

  void error(const SAXParseException& problem) override { fail(problem); }

  void fatalError(const SAXParseException& problem) override { fail(problem); }

  void resetErrors() override {}

 private:
  [[noreturn]] static void fail(const SAXParseException& problem) {
    const std::string name(detail::file_name_of(detail::to_utf8(problem.getSystemId())));
    throw Error(ErrorCode::kInvalid, name,
                say("xml.schema_broken", {{"name", name},
                                          {"line", std::to_string(problem.getLineNumber())},
                                          {"column", std::to_string(problem.getColumnNumber())},
                                          {"reason", detail::to_utf8(problem.getMessage())}}));
  }
};

void compile(XMLGrammarPool& pool, const std::vector<XmlSchemaSource>& sources) {
  SourceResolver resolver(sources);
  SchemaErrors errors;
  const std::unique_ptr<SAX2XMLReader> reader(
      XMLReaderFactory::createXMLReader(XMLPlatformUtils::fgMemoryManager, &pool));
  reader->setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
  reader->setFeature(XMLUni::fgXercesSchema, true);
  reader->setFeature(XMLUni::fgXercesHandleMultipleImports, true);
  reader->setFeature(XMLUni::fgXercesDisableDefaultEntityResolution, true);
  reader->setFeature(XMLUni::fgXercesLoadExternalDTD, false);
  reader->setEntityResolver(&resolver);
  reader->setErrorHandler(&errors);
  // Grammars compiled so far serve the later ones: a namespace is compiled once.
  reader->setFeature(XMLUni::fgXercesUseCachedGrammarInParse, true);
  for (const auto& source : sources) {
    const auto input = source_of(source);
    if (reader->loadGrammar(*input, Grammar::SchemaGrammarType, true) == nullptr) {
      throw Error(
          ErrorCode::kInvalid, source.name,
          say("xml.schema_broken",
              {{"name", source.name}, {"line", "1"}, {"column", "1"}, {"reason", "no schema"}}));
    }
  }
}

[[noreturn]] void throw_library_failure(const std::string& subject, const std::string& reason) {
  throw Error(ErrorCode::kInternal, subject,
              say("xml.library_failed", {{"subject", subject}, {"reason", reason}}));
}

}  // namespace

namespace detail {

void start_xml_library() {
  // Never terminated: readers may live in static objects until the process ends.
  static const bool started = [] {
    XMLPlatformUtils::Initialize();
    return true;
  }();
  static_cast<void>(started);
}

void append_utf8(std::string& out, std::u16string_view units) {
  std::size_t i = 0;
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  while (i < units.size()) {
    std::uint32_t c = units[i++];
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0 | (c >> 6));
      put(0x80 | (c & 0x3F));
    } else {
      if (c >= 0xD800 && c < 0xE000) {
        const bool pair = c < 0xDC00 && i < units.size() && (units[i] & 0xFC00) == 0xDC00;
        c = pair ? 0x10000 + ((c & 0x3FF) << 10) + (units[i++] & 0x3FFU) : 0xFFFD;
      }
      if (c >= 0x10000) {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
      } else {
        put(0xE0 | (c >> 12));
      }
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
    }
  }
}

std::string to_utf8(const char16_t* text) {
  std::string out;
  if (text != nullptr) append_utf8(out, text);
  return out;
}

std::string_view file_name_of(std::string_view location) {
  const auto slash = location.find_last_of('/');
  return slash == location.npos ? location : location.substr(slash + 1);
}

}  // namespace detail

XmlSchemaSet::XmlSchemaSet(const std::vector<XmlSchemaSource>& sources)
    : state_(std::make_unique<State>()) {
  detail::start_xml_library();
  const auto pool = std::make_shared<XMLGrammarPoolImpl>(XMLPlatformUtils::fgMemoryManager);
  try {
    compile(*pool, sources);
  } catch (const XMLException& failure) {
    throw_library_failure(sources.empty() ? "" : sources.front().name,
                          detail::to_utf8(failure.getMessage()));
  } catch (const SAXException& failure) {
    throw_library_failure(sources.empty() ? "" : sources.front().name,
                          detail::to_utf8(failure.getMessage()));
  }
  // Locked: nothing that a document says can add to it, and threads may share it.
  pool->lockPool();
  state_->pool = std::static_pointer_cast<XMLGrammarPool>(pool);
}

XmlSchemaSet::~XmlSchemaSet() = default;
XmlSchemaSet::XmlSchemaSet(XmlSchemaSet&&) noexcept = default;

const XmlSchemaSet& XmlSchemaSet::embedded_set(const std::vector<std::string>& names) {
  static std::mutex mutex;
  static std::map<std::vector<std::string>, XmlSchemaSet> sets;
  const std::lock_guard lock(mutex);
  const auto found = sets.find(names);
  if (found != sets.end()) return found->second;
  std::vector<XmlSchemaSource> sources;
  for (const auto& name : names) sources.push_back({name, std::string(embedded("xml/" + name))});
  return sets.emplace(names, XmlSchemaSet(sources)).first->second;
}

XmlSchemaSet XmlSchemaSet::from_files(const std::vector<std::filesystem::path>& files) {
  std::vector<XmlSchemaSource> sources;
  for (const auto& file : files) sources.push_back({file.filename().string(), read_file(file)});
  return XmlSchemaSet(sources);
}

}  // namespace anjuan
