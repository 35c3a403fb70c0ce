#pragma once
// The interrupt flag: the first Ctrl-C asks a long operation to stop at the next safe point, the
// second ends at once. A terminal that is closed asks as well.

#include "core/error.h"  // what stop_if_interrupted() throws

namespace anjuan {

/// Installs the handlers for SIGINT and SIGTERM, and for SIGHUP unless it is ignored (nohup). Once,
/// at program start.
void install_interrupt_handler();

/// True once the user or the system has asked to stop.
bool interrupt_requested();

/// Throws Error(kInterrupted) if a stop was asked for; its sentence promises nothing of what was
/// done so far: whoever keeps that says so. Long loops call it at each safe point.
void stop_if_interrupted();

}  // namespace anjuan
