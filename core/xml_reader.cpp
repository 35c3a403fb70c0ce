#include "core/xml_reader.h"

#include <mutex>

#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPool.hpp>
#include <xercesc/parsers/SAX2XMLReaderImpl.hpp>
#include <xercesc/sax/EntityResolver.hpp>
#include <xercesc/sax/InputSource.hpp>
#include <xercesc/sax/Locator.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/Attributes.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/util/BinInputStream.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "core/durable.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/text.h"
#include "core/xml_library.h"
#include "core/xml_schema.h"

namespace anjuan {

namespace {

using namespace xercesc;

/// What the byte stream and the handler share: how much was read since the last event.
struct Budget {
  const std::string& subject;
  const XmlLimits& limits;
  std::uint64_t bytes = 0;
  std::uint64_t since_event = 0;
  std::uint64_t line = 1;

  void event() { since_event = 0; }

  /// A text or tag that never ends is stopped while it is read, not when memory is full.
  void take(std::uint64_t count) {
    constexpr std::uint64_t kReadAhead = 1024 * 1024;
    bytes += count;
    since_event += count;
    if (bytes > limits.bytes_max) refuse("xml.too_large", human_bytes(limits.bytes_max));
    if (since_event > limits.text_bytes_max + kReadAhead) refuse_text();
  }

  [[noreturn]] void refuse_text() const {
    refuse("xml.text_too_long", human_bytes(limits.text_bytes_max));
  }

  [[noreturn]] void refuse(std::string_view id, const std::string& limit) const {
    throw Error(ErrorCode::kRefused, subject,
                say(id, {{"subject", subject}, {"limit", limit}, {"line", std::to_string(line)}}));
  }
};

/// Finds the character U+0000, which no XML may have. The library takes it for the end of the
/// document: whatever follows would be hidden.
class ZeroWatch {
 public:
  explicit ZeroWatch(const Budget& budget) : budget_(budget) {}

  void look(std::span<const XMLByte> bytes) {
    if (unit_ == 0) unit_ = unit_of(bytes);
    for (const auto byte : bytes) {
      zeros_ = byte == 0 ? zeros_ + 1 : 0;
      if (++in_unit_ < unit_) continue;
      if (zeros_ >= unit_) fail();
      in_unit_ = 0;
      zeros_ = 0;
    }
  }

 private:
  /// Bytes of a code unit, from how a document begins (XML 1.0, appendix F).
  static std::uint32_t unit_of(std::span<const XMLByte> bytes) {
    const auto begins = [&](std::initializer_list<XMLByte> with) {
      return bytes.size() >= with.size() && std::equal(with.begin(), with.end(), bytes.begin());
    };
    if (begins({0, 0, 0xFE, 0xFF}) || begins({0xFF, 0xFE, 0, 0}) || begins({0, 0, 0, '<'}) ||
        begins({'<', 0, 0, 0})) {
      return 4;
    }
    const bool two =
        begins({0xFE, 0xFF}) || begins({0xFF, 0xFE}) || begins({0, '<'}) || begins({'<', 0});
    return two ? 2 : 1;
  }

  [[noreturn]] void fail() const {
    throw Error(
        ErrorCode::kInvalid, budget_.subject,
        say("xml.zero", {{"subject", budget_.subject}, {"line", std::to_string(budget_.line)}}));
  }

  const Budget& budget_;
  std::uint32_t unit_ = 0;
  std::uint32_t in_unit_ = 0;
  std::uint32_t zeros_ = 0;
};

/// Reads from a callback, through the budget.
class Stream final : public BinInputStream {
 public:
  using Read = std::function<std::size_t(std::span<std::byte>)>;

  Stream(Read read, Budget& budget) : read_(std::move(read)), budget_(budget), zeros_(budget) {}

  XMLFilePos curPos() const override { return position_; }

  XMLSize_t readBytes(XMLByte* to, XMLSize_t max) override {
    const auto count = read_({reinterpret_cast<std::byte*>(to), max});
    budget_.take(count);
    zeros_.look({to, count});
    position_ += count;
    return count;
  }

  const XMLCh* getContentType() const override { return nullptr; }

 private:
  Read read_;
  Budget& budget_;
  ZeroWatch zeros_;
  XMLFilePos position_ = 0;
};

class Source final : public InputSource {
 public:
  Source(Stream::Read read, Budget& budget) : read_(std::move(read)), budget_(budget) {}

  /// The library deletes what it is given.
  BinInputStream* makeStream() const override {
    return std::make_unique<Stream>(read_, budget_).release();
  }

 private:
  Stream::Read read_;
  Budget& budget_;
};

/// Refuses everything: nothing outside the document is ever opened.
class NoEntities final : public EntityResolver {
 public:
  explicit NoEntities(const std::string& subject) : subject_(subject) {}

  InputSource* resolveEntity(const XMLCh*, const XMLCh* system_id) override {
    const auto target = detail::to_utf8(system_id);
    throw Error(ErrorCode::kRefused, subject_,
                say("xml.external_refused", {{"subject", subject_}, {"target", target}}));
  }

 private:
  const std::string& subject_;
};

/// Xerces' events to ours: transcoded, limited, with problems as findings.
class Bridge final : public DefaultHandler {
 public:
  Bridge(XmlHandler& handler, Budget& budget, Findings* findings)
      : handler_(handler), budget_(budget), findings_(findings) {}

  void setDocumentLocator(const Locator* locator) override { locator_ = locator; }

  [[noreturn]] void refuse_doctype() {
    at_event();
    budget_.refuse("xml.doctype_refused", "");
  }

  void startElement(const XMLCh* uri, const XMLCh* name, const XMLCh*,
                    const Attributes& attributes) override {
    at_event();
    text_bytes_ = 0;
    if (!children_.empty() && ++children_.back() > budget_.limits.children_max) {
      budget_.refuse("xml.too_many_children", std::to_string(budget_.limits.children_max));
    }
    children_.push_back(0);
    if (children_.size() > budget_.limits.depth_max) {
      budget_.refuse("xml.too_deep", std::to_string(budget_.limits.depth_max));
    }
    if (attributes.getLength() > budget_.limits.attributes_max) {
      budget_.refuse("xml.too_many_attributes", std::to_string(budget_.limits.attributes_max));
    }
    fill(attributes);
    handler_.start(uri_text(uri), name_text(name), attributes_, place());
  }

  void endElement(const XMLCh* uri, const XMLCh* name, const XMLCh*) override {
    at_event();
    text_bytes_ = 0;
    children_.pop_back();
    handler_.end(uri_text(uri), name_text(name));
  }

  void characters(const XMLCh* text, const XMLSize_t length) override {
    at_event();
    text_.clear();
    detail::append_utf8(text_, {text, length});
    text_bytes_ += text_.size();
    if (text_bytes_ > budget_.limits.text_bytes_max) budget_.refuse_text();
    handler_.text(text_);
  }

  void ignorableWhitespace(const XMLCh* text, const XMLSize_t length) override {
    characters(text, length);
  }

  void comment(const XMLCh*, const XMLSize_t) override { budget_.event(); }

  void processingInstruction(const XMLCh*, const XMLCh*) override { budget_.event(); }

  void warning(const SAXParseException& problem) override { violation(problem); }

  void error(const SAXParseException& problem) override { violation(problem); }

  void fatalError(const SAXParseException& problem) override { throw_at(problem, "xml.malformed"); }

 private:
  void at_event() {
    budget_.event();
    budget_.line = locator_ == nullptr ? 1 : locator_->getLineNumber();
  }

  Place place() const {
    if (locator_ == nullptr) return {};
    return {static_cast<std::uint32_t>(locator_->getLineNumber()),
            static_cast<std::uint32_t>(locator_->getColumnNumber())};
  }

  /// Reuses the strings of the element before.
  void fill(const Attributes& attributes) {
    const auto count = attributes.getLength();
    attributes_.resize(count);
    for (XMLSize_t i = 0; i < count; ++i) {
      auto& attribute = attributes_[i];
      attribute.namespace_uri = uri_text(attributes.getURI(i));
      assign(attribute.name, attributes.getLocalName(i));
      assign(attribute.value, attributes.getValue(i));
      if (attribute.value.size() > budget_.limits.text_bytes_max) budget_.refuse_text();
    }
  }

  static void assign(std::string& out, const XMLCh* text) {
    out.clear();
    detail::append_utf8(out, text);
  }

  std::string_view name_text(const XMLCh* name) {
    assign(name_, name);
    return name_;
  }

  /// Namespace names repeat: the library hands out one pointer for each.
  std::string_view uri_text(const XMLCh* uri) {
    for (const auto& [pointer, text] : uris_) {
      if (pointer == uri && text.units == uri) return text.utf8;
    }
    constexpr std::size_t kKept = 16;
    if (uris_.size() >= kKept) uris_.pop_back();
    uris_.insert(uris_.begin(), {uri, {uri, detail::to_utf8(uri)}});
    return uris_.front().second.utf8;
  }

  void violation(const SAXParseException& problem) {
    if (findings_ == nullptr) throw_at(problem, "xml.schema_violation");
    const auto& subject = budget_.subject;
    if (count_ > kXmlFindingsMax) return;
    const auto line = std::to_string(problem.getLineNumber());
    const auto column = std::to_string(problem.getColumnNumber());
    Finding finding{"XSD", Severity::kError, "XML Schema 1.0", line + ":" + column, "", {}};
    finding.result = CheckResult::kFailed;
    finding.message = ++count_ > kXmlFindingsMax
                          ? say("xml.schema_more",
                                {{"subject", subject}, {"limit", std::to_string(kXmlFindingsMax)}})
                          : sentence(problem, "xml.schema_violation");
    findings_->push_back(std::move(finding));
  }

  std::string sentence(const SAXParseException& problem, std::string_view id) const {
    return say(id, {{"subject", budget_.subject},
                    {"line", std::to_string(problem.getLineNumber())},
                    {"column", std::to_string(problem.getColumnNumber())},
                    {"reason", detail::to_utf8(problem.getMessage())}});
  }

  [[noreturn]] void throw_at(const SAXParseException& problem, std::string_view id) const {
    throw Error(ErrorCode::kInvalid, budget_.subject, sentence(problem, id));
  }

  struct Uri {
    std::u16string units;
    std::string utf8;
  };

  XmlHandler& handler_;
  Budget& budget_;
  Findings* findings_;
  const Locator* locator_ = nullptr;
  std::vector<XmlAttribute> attributes_;
  std::vector<std::pair<const XMLCh*, Uri>> uris_;
  std::string name_;
  std::string text_;
  std::uint64_t text_bytes_ = 0;
  std::vector<std::uint64_t> children_;  ///< so far, of each open element
  std::size_t count_ = 0;
};

/// Stops at the word DOCTYPE, before a name, subset or entity of it is read. (SAX events alone do
/// not tell of a DOCTYPE that has no subset.)
class Reader final : public SAX2XMLReaderImpl {
 public:
  Reader(XMLGrammarPool* pool, Bridge& bridge)
      : SAX2XMLReaderImpl(XMLPlatformUtils::fgMemoryManager, pool), bridge_(bridge) {
    setContentHandler(&bridge);
    setErrorHandler(&bridge);
    setLexicalHandler(&bridge);
  }

  void resetDocType() override { bridge_.refuse_doctype(); }

 private:
  Bridge& bridge_;
};

void configure(SAX2XMLReader& reader, bool validate) {
  reader.setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
  reader.setFeature(XMLUni::fgSAX2CoreNameSpacePrefixes, false);
  reader.setFeature(XMLUni::fgSAX2CoreValidation, validate);
  reader.setFeature(XMLUni::fgXercesDynamic, false);
  reader.setFeature(XMLUni::fgXercesSchema, validate);
  reader.setFeature(XMLUni::fgXercesSchemaFullChecking, false);
  reader.setFeature(XMLUni::fgXercesIdentityConstraintChecking, true);
  reader.setFeature(XMLUni::fgXercesUseCachedGrammarInParse, validate);
  reader.setFeature(XMLUni::fgXercesCacheGrammarFromParse, false);
  reader.setFeature(XMLUni::fgXercesLoadSchema, false);
  reader.setFeature(XMLUni::fgXercesLoadExternalDTD, false);
  reader.setFeature(XMLUni::fgXercesSkipDTDValidation, true);
  reader.setFeature(XMLUni::fgXercesDisableDefaultEntityResolution, true);
  reader.setFeature(XMLUni::fgXercesContinueAfterFatalError, false);
}

void parse(Stream::Read read, XmlHandler& handler, const XmlSchemaSet* schemas, Findings* findings,
           Budget& budget) {
  std::unique_lock<std::recursive_mutex> in_use;
  if (schemas != nullptr) in_use = std::unique_lock(schemas->state().in_use);
  detail::start_xml_library();
  auto* pool =
      schemas == nullptr ? nullptr : static_cast<XMLGrammarPool*>(schemas->state().pool.get());
  try {
    Bridge bridge(handler, budget, findings);
    NoEntities entities(budget.subject);
    Reader reader(pool, bridge);
    configure(reader, schemas != nullptr);
    reader.setEntityResolver(&entities);
    reader.parse(Source(std::move(read), budget));
  } catch (const XMLException& failure) {
    throw Error(ErrorCode::kInvalid, budget.subject,
                say("xml.library_failed", {{"subject", budget.subject},
                                           {"reason", detail::to_utf8(failure.getMessage())}}));
  } catch (const SAXException& failure) {
    throw Error(ErrorCode::kInvalid, budget.subject,
                say("xml.library_failed", {{"subject", budget.subject},
                                           {"reason", detail::to_utf8(failure.getMessage())}}));
  }
}

}  // namespace

void parse_xml(const std::filesystem::path& path, const std::string& subject, XmlHandler& handler,
               const XmlSchemaSet* schemas, Findings* findings, const XmlLimits& limits) {
  const auto file = FileHandle::open_read(path);
  Budget budget{subject, limits};
  const auto read = [&](std::span<std::byte> buffer) { return file.read_some(buffer, subject); };
  parse(read, handler, schemas, findings, budget);
}

void parse_xml_text(std::string_view text, const std::string& subject, XmlHandler& handler,
                    const XmlSchemaSet* schemas, Findings* findings, const XmlLimits& limits) {
  Budget budget{subject, limits};
  const auto read = [rest = text](std::span<std::byte> buffer) mutable {
    const auto count = std::min(buffer.size(), rest.size());
    std::copy_n(rest.data(), count, reinterpret_cast<char*>(buffer.data()));
    rest.remove_prefix(count);
    return count;
  };
  parse(read, handler, schemas, findings, budget);
}

}  // namespace anjuan
