#pragma once
// The review form as XML (urn:anjuan:review:1): written into packages, filled by a person, read.
//
// Source: docs/formats/review.md, schemas/xml/review.xsd.

#include <string>
#include <string_view>

#include "preservation/rules/review.h"

namespace anjuan::rules {

inline constexpr std::string_view kReviewNamespace = "urn:anjuan:review:1";

/// review.xml, valid against schemas/xml/review.xsd.
std::string to_review_xml(const ReviewSheet& sheet);

/// The inverse. Throws Error(kInvalid) with subject, line and reason.
ReviewSheet read_review(std::string_view xml, const std::string& subject);

/// What a person entered: of a filled review.xml the entries in it, or of a document <entries> that
/// holds nothing else. Throws like read_review(); check_person_review() judges the values.
PersonReview read_person_review(std::string_view xml, const std::string& subject);

}  // namespace anjuan::rules
