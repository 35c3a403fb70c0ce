#pragma once
// Every operator by its function; the table in operators.cpp gives each its name in rule files.

#include "preservation/rules/operator.h"

namespace anjuan::rules::operators {

// operators_documents.cpp
Outcome doc(const Scene& scene, const Json& parameters);
Outcome doc_any(const Scene& scene, const Json& parameters);
Outcome case_doc(const Scene& scene, const Json& parameters);
Outcome doc_before_event(const Scene& scene, const Json& parameters);

// operators_fields.cpp
Outcome doc_fields(const Scene& scene, const Json& parameters);
Outcome group_fields(const Scene& scene, const Json& parameters);
Outcome member_fields(const Scene& scene, const Json& parameters);
Outcome case_fields(const Scene& scene, const Json& parameters);
Outcome any_field(const Scene& scene, const Json& parameters);
Outcome one_of(const Scene& scene, const Json& parameters);

// operators_people.cpp
Outcome officers(const Scene& scene, const Json& parameters);
Outcome case_officers(const Scene& scene, const Json& parameters);
Outcome host_not_investigator(const Scene& scene, const Json& parameters);
Outcome participants_signed(const Scene& scene, const Json& parameters);

// operators_signatures.cpp
Outcome signatures(const Scene& scene, const Json& parameters);
Outcome signed_event_doc(const Scene& scene, const Json& parameters);

// operators_recordings.cpp
Outcome av(const Scene& scene, const Json& parameters);
Outcome av_linked_event(const Scene& scene, const Json& parameters);
Outcome av_tags(const Scene& scene, const Json& parameters);
Outcome event_av_tags(const Scene& scene, const Json& parameters);
Outcome av_note(const Scene& scene, const Json& parameters);
Outcome av_time_match(const Scene& scene, const Json& parameters);

// operators_continuity.cpp
Outcome av_continuity(const Scene& scene, const Json& parameters);

// operators_events.cpp
Outcome event_exists(const Scene& scene, const Json& parameters);
Outcome order(const Scene& scene, const Json& parameters);
Outcome spot_limit(const Scene& scene, const Json& parameters);
Outcome not_night_or_holiday(const Scene& scene, const Json& parameters);

// operators_service.cpp
Outcome served(const Scene& scene, const Json& parameters);
Outcome served_copy(const Scene& scene, const Json& parameters);
Outcome served_within(const Scene& scene, const Json& parameters);

// operators_deadline.cpp
Outcome deadline(const Scene& scene, const Json& parameters);
Outcome deadline_between_events(const Scene& scene, const Json& parameters);

// operators_period.cpp
Outcome min_gap(const Scene& scene, const Json& parameters);
Outcome months(const Scene& scene, const Json& parameters);
Outcome years(const Scene& scene, const Json& parameters);
Outcome measure_period(const Scene& scene, const Json& parameters);

// operators_volume.cpp
Outcome chronological(const Scene& scene, const Json& parameters);
Outcome index_matches(const Scene& scene, const Json& parameters);
Outcome page_numbers(const Scene& scene, const Json& parameters);

// operators_retention.cpp
Outcome retention_min(const Scene& scene, const Json& parameters);
Outcome retention_longest(const Scene& scene, const Json& parameters);

}  // namespace anjuan::rules::operators
