#pragma once
// A hold: why a case file may not be disposed of, whatever its retention period says.
//
// Review, suits, compensation, petitions, audits, criminal proceedings, running applications and
// objections all need the file. A hold is a record: it is never changed or deleted; lifting it is
// another record. docs/formats/holds.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace anjuan::rules {

enum class HoldKind {
  kReview,        ///< 行政复议
  kSuit,          ///< 行政诉讼
  kCompensation,  ///< 国家赔偿
  kPetition,      ///< 信访
  kAudit,         ///< 审计、纪检
  kCriminal,      ///< 移送司法
  kDisclosure,    ///< 政府信息公开申请办理中
  kObjection,     ///< 第三方异议
  kOther,
};

std::string_view hold_word(HoldKind kind);  ///< "review", "suit", ...
std::string hold_name(HoldKind kind);       ///< in the current language
/// From the word, or from its Chinese name; nothing for anything else.
std::optional<HoldKind> hold_kind_of(std::string_view text);
/// All words.
std::vector<std::string> hold_words();

struct HoldLift {
  std::string by;
  Instant at;
  std::string reason;
};

struct Hold {
  std::int64_t id = 0;
  std::string package;  ///< UUID
  HoldKind kind = HoldKind::kOther;
  std::string reason;
  std::string document;   ///< number of the paper that asks for it, "" = none
  std::string placed_by;  ///< name and account
  Instant placed_at;
  std::optional<HoldLift> lifted;

  bool is_active() const { return !lifted.has_value(); }
};

}  // namespace anjuan::rules
