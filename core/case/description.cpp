#include "core/case/description.h"

#include <charconv>
#include <map>

#include "core/case/description_fields.h"
#include "core/error.h"
#include "core/messages.h"
#include "core/xml_writer.h"

namespace anjuan {

namespace {

[[noreturn]] void fail(ErrorCode code, std::string_view id, std::string_view path,
                       std::string_view value = {}, std::string_view name = {}) {
  throw Error(code, std::string(path),
              say(id, {{"path", std::string(path)},
                       {"value", std::string(value)},
                       {"name", std::string(name)}}));
}

/// One step of a path: "item[3]" or "@digest".
struct Step {
  std::string name;
  std::size_t index = 0;  ///< from 0
  bool is_attribute = false;
};

Step step_of(std::string_view text, std::string_view path) {
  if (text.starts_with('@')) return {std::string(text.substr(1)), 0, true};
  const auto open = text.find('[');
  if (open == text.npos) return {std::string(text), 0, false};
  std::size_t number = 0;
  const char* end = text.data() + text.size() - 1;
  const auto [stop, status] = std::from_chars(text.data() + open + 1, end, number);
  if (status != std::errc{} || stop != end || !text.ends_with(']') || number == 0) {
    fail(ErrorCode::kInvalid, "description.bad_path", path);
  }
  return {std::string(text.substr(0, open)), number - 1, false};
}

std::vector<Step> steps_of(std::string_view path) {
  std::vector<Step> steps;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    steps.push_back(step_of(path.substr(begin, end - begin), path));
    begin = end + 1;
  }
  return steps;
}

/// Follows the elements of the schema; `on_step` may follow the nodes beside it.
template <typename OnStep>
const DescriptionElement& follow(const std::vector<Step>& steps, std::string_view path,
                                 OnStep on_step) {
  const DescriptionElement* kind = &description_root();
  for (const auto& step : steps) {
    if (step.is_attribute) {
      if (kind->attribute(step.name) == nullptr || &step != &steps.back()) {
        fail(ErrorCode::kInvalid, "description.bad_path", path);
      }
      continue;
    }
    kind = kind->child(step.name);
    if (kind == nullptr || (step.index > 0 && !kind->repeats)) {
      fail(ErrorCode::kInvalid, "description.bad_path", path);
    }
    on_step(step);
  }
  return *kind;
}

struct Found {
  const DescriptionNode* node = nullptr;  ///< nullptr: not there
  const DescriptionElement* kind = nullptr;
};

Found find_node(const DescriptionNode& root, const std::vector<Step>& steps,
                std::string_view path) {
  const DescriptionNode* node = &root;
  const auto& kind = follow(steps, path, [&](const Step& step) {
    if (node != nullptr) node = node->child(step.name, step.index);
  });
  return {node, &kind};
}

std::string state_of(const DescriptionField& field, const std::string& value) {
  if (value.empty()) return std::string(kNotDescribed);
  return fits(field, value) ? "" : std::string(kToBeChecked);
}

class Lister {
 public:
  std::vector<Description::Entry> take() { return std::move(entries_); }

  void list(const DescriptionNode& node, const DescriptionElement& kind, const std::string& path) {
    if (kind.field != nullptr && (!kind.is_group() || kind.has_value_attribute())) {
      add(path, *kind.field, node.value);
    }
    for (const auto* field : kind.attributes) {
      const auto name = field->path.substr(field->path.find('@'));
      const auto* value = node.attribute(name.substr(1));
      if (value != nullptr) add(path + "/" + name, *field, *value);
    }
    for (const auto& child_kind : kind.children) {
      std::size_t number = 0;
      for (const auto& child : node.children) {
        if (child.name != child_kind.name) continue;
        const auto index = child_kind.repeats ? fmt::format("[{}]", ++number) : "";
        list(child, child_kind, (path.empty() ? "" : path + "/") + child.name + index);
      }
    }
  }

 private:
  void add(const std::string& path, const DescriptionField& field, const std::string& value) {
    entries_.push_back({path, field.chinese, field.standard, value, state_of(field, value),
                        field.is_fixed, field.is_sensitive});
  }

  std::vector<Description::Entry> entries_;
};

/// The field that `steps` lead to; refuses what is not edited or does not fit.
const DescriptionField& editable(const std::vector<Step>& steps, const DescriptionChange& change) {
  const auto& kind = follow(steps, change.path, [](const Step&) {});
  const auto* field = steps.back().is_attribute ? kind.attribute(steps.back().name) : kind.field;
  if (field == nullptr || field->type == "group") {
    fail(ErrorCode::kInvalid, "description.bad_path", change.path);
  }
  if (field->is_fixed) {
    fail(ErrorCode::kRefused, "description.fixed", change.path, change.value, field->chinese);
  }
  if (!change.value.empty() && (!fits(*field, change.value) || !is_xml_text(change.value))) {
    fail(ErrorCode::kInvalid, "description.bad_value", change.path, to_xml_text(change.value),
         field->chinese);
  }
  return *field;
}

/// The node at the end of `steps`; a missing last one of a repeating element is appended.
DescriptionNode& node_for(DescriptionNode& root, const std::vector<Step>& steps,
                          const std::string& path) {
  DescriptionNode* node = &root;
  for (const auto& step : steps) {
    if (step.is_attribute) break;
    DescriptionNode* next = node->child(step.name, step.index);
    if (next == nullptr) {
      if (step.index > node->count(step.name)) {
        fail(ErrorCode::kInvalid, "description.bad_index", path);
      }
      next = &node->group(step.name);
    }
    node = next;
  }
  return *node;
}

void apply(DescriptionNode& root, const DescriptionChange& change) {
  const auto steps = steps_of(change.path);
  editable(steps, change);
  auto& node = node_for(root, steps, change.path);
  if (steps.back().is_attribute) {
    node.set(steps.back().name, change.value);
  } else {
    node.value = change.value;
  }
}

/// Elements that an edit left without anything are not kept, so that indexes count what is there.
void drop_void(DescriptionNode& node, const DescriptionElement& kind) {
  std::erase_if(node.children, [&](DescriptionNode& child) {
    const auto* child_kind = kind.child(child.name);
    drop_void(child, *child_kind);
    return child.value.empty() && child.attributes.empty() && child.children.empty();
  });
}

}  // namespace

std::uint32_t Description::version() const {
  const auto* text = root_.attribute("version");
  return text == nullptr ? 0 : static_cast<std::uint32_t>(std::stoul(*text));
}

std::string Description::created() const {
  const auto* text = root_.attribute("created");
  return text == nullptr ? "" : *text;
}

std::string Description::edited() const {
  const auto* text = root_.attribute("edited");
  return text == nullptr ? "" : *text;
}

std::string Description::verdict() const {
  const auto* text = root_.attribute("verdict");
  return text == nullptr ? "" : *text;
}

std::string Description::value(std::string_view path) const {
  const auto steps = steps_of(path);
  const auto found = find_node(root_, steps, path);
  if (found.node == nullptr) return "";
  if (!steps.back().is_attribute) return found.node->value;
  const auto* text = found.node->attribute(steps.back().name);
  return text == nullptr ? "" : *text;
}

std::size_t Description::count(std::string_view path) const {
  auto steps = steps_of(path);
  const auto last = steps.back();
  find_node(root_, steps, path);
  steps.pop_back();
  const auto parent = find_node(root_, steps, path);
  return parent.node == nullptr ? 0 : parent.node->count(last.name);
}

std::vector<Description::Entry> Description::entries() const {
  Lister lister;
  lister.list(root_, description_root(), "");
  return lister.take();
}

Description read_description(std::string_view xml, const std::string& subject) {
  return Description(parse_description(xml, subject));
}

std::vector<DescriptionChange> changes_between(const Description& before,
                                               const Description& after) {
  std::map<std::string, std::string> old_values;
  for (const auto& entry : before.entries()) {
    if (!entry.is_fixed) old_values[entry.path] = entry.value;
  }
  std::vector<DescriptionChange> changes;
  for (const auto& entry : after.entries()) {
    if (entry.is_fixed) continue;
    const auto old = old_values.find(entry.path);
    const bool same = old == old_values.end() ? entry.value.empty() : old->second == entry.value;
    if (!same) changes.push_back({entry.path, entry.value});
    if (old != old_values.end()) old_values.erase(old);
  }
  // What is left was there before and is not any more; the last index first.
  for (auto left = old_values.rbegin(); left != old_values.rend(); ++left) {
    if (!left->second.empty()) changes.push_back({left->first, ""});
  }
  return changes;
}

std::string edit_description(std::string_view xml, const std::vector<DescriptionChange>& changes,
                             Instant at) {
  auto root = parse_description(xml, "description.xml");
  for (const auto& change : changes) apply(root, change);
  drop_void(root, description_root());
  root.set("version", std::to_string(Description(root).version() + 1));
  root.set("edited", to_text(at));
  auto next = write_description(root);
  parse_description(next, "description.xml");
  return next;
}

}  // namespace anjuan
