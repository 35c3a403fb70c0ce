#pragma once
// One recording file: video, sound or photograph of a step.

#include <filesystem>

#include "tools/sample/facts.h"
#include "tools/sample/file_plan.h"
#include "tools/sample/video.h"

namespace anjuan::sample {

class SpeechMaker;

/// What is to be drawn for `file`, with the speech of its step.
RecordingJob plan_recording(const Facts& the_case, const RecordingFile& file,
                            const std::filesystem::path& path, SpeechMaker& speech);

/// Draws it. Safe to call on several threads at once for different files.
void write_recording(const RecordingJob& job);

}  // namespace anjuan::sample
