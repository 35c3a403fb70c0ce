// Takes the place of Xerces-C++'s CurlNetAccessor at link time (docs/adr/0010-static-verifier.md).
//
// XMLPlatformUtils::Initialize() makes a CurlNetAccessor. Because every symbol of that class is
// defined here, the linker never takes CurlNetAccessor.o out of libxerces-c.a, and with it libcurl
// and all that it needs stay out: the program has no code that could open a connection.
#include <xercesc/util/NetAccessors/Curl/CurlNetAccessor.hpp>
#include <xercesc/util/XMLExceptMsgs.hpp>
#include <xercesc/util/XMLUniDefs.hpp>

XERCES_CPP_NAMESPACE_BEGIN

int CurlNetAccessor::fgCurlInitCount = 0;
const XMLCh CurlNetAccessor::fgMyName[] = {chLatin_N, chLatin_o, chLatin_n, chLatin_e, chNull};

CurlNetAccessor::CurlNetAccessor() {}

CurlNetAccessor::~CurlNetAccessor() {}

void CurlNetAccessor::initCurl() {}

void CurlNetAccessor::cleanupCurl() {}

BinInputStream* CurlNetAccessor::makeNew(const XMLURL& url, const XMLNetHTTPInfo*) {
  ThrowXMLwithMemMgr1(NetAccessorException, XMLExcepts::NetAcc_TargetResolution, url.getURLText(),
                      url.getMemoryManager());
}

XERCES_CPP_NAMESPACE_END
