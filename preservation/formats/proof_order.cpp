#include "core/json.h"
#include "preservation/formats/proof_check_worker.h"

namespace anjuan::formats {

Json to_json(const std::vector<ProofOrder>& orders) {
  Json json = Json::array();
  for (const ProofOrder& order : orders) {
    json.append(
        Json::array({Json::integer(order.stream), Json::integer(static_cast<int>(order.kind)),
                     Json::string(order.codec), Json::boolean(order.decoded)}));
  }
  return json;
}

std::vector<ProofOrder> proof_orders_from(const Json& json) {
  std::vector<ProofOrder> orders;
  for (const Json& one : json.items()) {
    const auto& parts = one.items();
    orders.push_back({static_cast<int>(parts.at(0).as_integer()),
                      static_cast<StreamKind>(parts.at(1).as_integer()), parts.at(2).as_string(),
                      parts.at(3).as_boolean()});
  }
  return orders;
}

}  // namespace anjuan::formats
