#include "preservation/forms/forms.h"

#include "core/messages.h"
#include "preservation/forms/form_parts.h"
#include "preservation/forms/html_writer.h"
#include "preservation/forms/pdf_writer.h"

namespace anjuan::forms {

namespace {

void add_volume_forms(std::vector<Form>& forms, const FormInput& input,
                      const std::vector<FiledVolume>& volumes) {
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    const VolumeView view{volumes, i};
    const auto number = i == 0 ? std::string() : fmt::format("-{}", i + 1);
    const auto add = [&](const std::string& name, const std::string& stem, FormPage page) {
      forms.push_back({name, stem + number, clean(std::move(page))});
    };
    add(say("forms.cover"), "cover", cover_page(input, view));
    add(say("forms.contents"), "contents", contents_page(input, view));
    add(say("forms.end_note"), "end-note", end_note_page(input, view));
  }
}

}  // namespace

std::string Form::html() const { return to_html(page); }

std::string Form::pdf() const { return to_pdf(page); }

std::vector<Form> forms_of(const FormInput& input) {
  std::vector<Form> forms;
  add_volume_forms(forms, input, put_in_order(input.declared));
  if (input.recordings != nullptr && !input.recordings->empty()) {
    forms.push_back({say("recording.note"), "recordings", clean(recordings_page(input))});
  }
  if (input.review != nullptr) {
    forms.push_back({say("forms.review"), "review", clean(review_page(input))});
  }
  if (input.judgement == nullptr) return forms;
  if (!results_to_state(*input.judgement).empty()) {
    forms.push_back({say("forms.defects"), "defects", clean(defects_page(input))});
  }
  if (!failed_results(*input.judgement).empty()) {
    forms.push_back(
        {say("forms.rectification"), "rectification", clean(rectification_page(input))});
  }
  return forms;
}

}  // namespace anjuan::forms
