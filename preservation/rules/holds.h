#pragma once
// Holds (保管延续事由): records that say why a case file may not be appraised for destruction yet.
//
// A hold is never deleted, it is lifted: by whom, when, by which document. Grounds:
// docs/formats/retention.md. Holds lengthen nothing on paper; they stop what comes at the end.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preservation/rules/data_reader.h"

namespace anjuan::rules {

enum class HoldGround {
  kReview,        ///< 行政复议
  kSuit,          ///< 行政诉讼
  kCompensation,  ///< 国家赔偿
  kPetition,      ///< 信访
  kAudit,         ///< 审计
  kDiscipline,    ///< 纪检监察
  kCriminal,      ///< 移送司法机关
  kDisclosure,    ///< 政府信息公开申请
  kObjection,     ///< 第三方异议
  kOther,
};

std::string_view hold_word(HoldGround ground);  ///< "review", "suit", ...
std::string hold_name(HoldGround ground);       ///< for people, in the current language

struct HoldLift {
  std::string at;  ///< date
  std::string by;
  std::string document;
};

struct Hold {
  std::string case_no;
  HoldGround ground = HoldGround::kOther;
  std::string reason;
  std::string from;  ///< date
  std::string by;    ///< name and office
  std::string document;
  std::optional<HoldLift> lifted;
  std::string origin;  ///< file and line it was read from
};

class HoldBook {
 public:
  /// Every *.json of `folder` (a home's data/holds), in name order; empty without one.
  /// Throws Error(kInvalid) with file, line and reason.
  static HoldBook load(const std::optional<std::filesystem::path>& folder = std::nullopt);
  static HoldBook from_files(const std::vector<DataFile>& files);

  const std::vector<Hold>& holds() const { return holds_; }

  /// Those of a case, lifted ones too, in the order of the files.
  std::vector<const Hold*> of_case(std::string_view case_no) const;

 private:
  std::vector<Hold> holds_;
};

}  // namespace anjuan::rules
