// Takes the place of glibc's name look-up and dynamic loading at link time.
//
// libcrypto.a mentions them for things that the verifier never does (BIO sockets, engines). In a
// static program they would need glibc's shared libraries at run time; here they refuse, so that
// nothing of the system is ever loaded and no host is ever looked up.
#include <netdb.h>

extern "C" {

int getaddrinfo(const char*, const char*, const struct addrinfo*, struct addrinfo** found) {
  *found = nullptr;
  return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo*) {}

struct hostent* gethostbyname(const char*) {
  return nullptr;
}

/// In place of dlopen by the linker's --wrap, because glibc's own start-up holds on to the real
/// one.
void* __wrap_dlopen(const char*, int) { return nullptr; }

}  // extern "C"
