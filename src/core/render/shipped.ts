// Generated from templates/ by scripts/generate-templates.ts.
/* eslint-disable */
// @ts-nocheck -- the output of a compiler
export type TemplateName = 'container-docker.service.hbs' | 'container-podman.service.hbs' | 'ready.service.hbs' | 'schedule.timer.hbs';

export type GateName = 'connect.sh' | 'create.sh' | 'files.sh' | 'init.sh' | 'name.sh' | 'network.sh' | 'notify.sh' | 'prepare.sh' | 'ready.sh' | 'require.sh' | 'running.sh' | 'started.sh' | 'stop.sh';

export const precompiledTemplates: Readonly<Record<TemplateName, object>> = {
'container-docker.service.hbs': {"0":function(container,depth0,helpers,partials,data) {
    return "Wants=docker.service\n";
},"1":function(container,depth0,helpers,partials,data) {
    return "Requires=docker.service\n";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Wants="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":11,"column":6},"end":{"line":11,"column":19}}})) != null ? stack1 : "")
    + "\n";
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Requires="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":14,"column":9},"end":{"line":14,"column":22}}})) != null ? stack1 : "")
    + "\n";
},"4":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "After="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":17,"column":6},"end":{"line":17,"column":19}}})) != null ? stack1 : "")
    + "\n";
},"5":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Before="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":20,"column":7},"end":{"line":20,"column":20}}})) != null ? stack1 : "")
    + "\n";
},"6":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "PartOf="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":23,"column":7},"end":{"line":23,"column":20}}})) != null ? stack1 : "")
    + "\n";
},"7":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Conflicts="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":26,"column":10},"end":{"line":26,"column":23}}})) != null ? stack1 : "")
    + "\n";
},"8":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "RequiresMountsFor="
    + ((stack1 = lookupProperty(helpers,"path").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"path","hash":{},"loc":{"start":{"line":29,"column":18},"end":{"line":29,"column":31}}})) != null ? stack1 : "")
    + "\n";
},"9":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"directive").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"name"),lookupProperty(depth0,"value"),{"name":"directive","hash":{},"loc":{"start":{"line":33,"column":0},"end":{"line":33,"column":24}}})) != null ? stack1 : "")
    + "\n";
},"10":function(container,depth0,helpers,partials,data) {
    return "Type=oneshot\n";
},"11":function(container,depth0,helpers,partials,data) {
    return "Type=exec\n";
},"12":function(container,depth0,helpers,partials,data) {
    return "RemainAfterExit=yes\n";
},"13":function(container,depth0,helpers,partials,data) {
    return "# The engine's own log goes to the journal.\nStandardOutput=null\n";
},"14":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "EnvironmentFile="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"environmentFile"),{"name":"text","hash":{},"loc":{"start":{"line":51,"column":16},"end":{"line":51,"column":40}}})) != null ? stack1 : "")
    + "\n";
},"15":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Environment="
    + ((stack1 = lookupProperty(helpers,"assignment").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"name"),lookupProperty(depth0,"value"),{"name":"assignment","hash":{},"loc":{"start":{"line":54,"column":12},"end":{"line":54,"column":37}}})) != null ? stack1 : "")
    + "\n";
},"16":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"directive"),{"name":"text","hash":{},"loc":{"start":{"line":58,"column":0},"end":{"line":58,"column":18}}})) != null ? stack1 : "")
    + "="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"name"),{"name":"text","hash":{},"loc":{"start":{"line":58,"column":19},"end":{"line":58,"column":32}}})) != null ? stack1 : "")
    + ":"
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"path"),{"name":"text","hash":{},"loc":{"start":{"line":58,"column":33},"end":{"line":58,"column":46}}})) != null ? stack1 : "")
    + "\n";
},"17":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"requireGate"),{"name":"command","hash":{},"loc":{"start":{"line":61,"column":13},"end":{"line":61,"column":36}}})) != null ? stack1 : "")
    + "\n";
},"18":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"putFilesGate"),{"name":"command","hash":{},"loc":{"start":{"line":64,"column":13},"end":{"line":64,"column":37}}})) != null ? stack1 : "")
    + "\n";
},"19":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"command","hash":{},"loc":{"start":{"line":67,"column":13},"end":{"line":67,"column":29}}})) != null ? stack1 : "")
    + "\n";
},"20":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecReload="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"command","hash":{},"loc":{"start":{"line":78,"column":11},"end":{"line":78,"column":27}}})) != null ? stack1 : "")
    + "\n";
},"21":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Not ExecStop=, which is not run while the container still works.\nExecStopPost="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"stopGate"),{"name":"command","hash":{},"loc":{"start":{"line":82,"column":13},"end":{"line":82,"column":33}}})) != null ? stack1 : "")
    + "\n";
},"22":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPost="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"runningGate"),{"name":"command","hash":{},"loc":{"start":{"line":84,"column":14},"end":{"line":84,"column":37}}})) != null ? stack1 : "")
    + "\nExecStop="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"stopGate"),{"name":"command","hash":{},"loc":{"start":{"line":85,"column":9},"end":{"line":85,"column":29}}})) != null ? stack1 : "")
    + "\n";
},"23":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStopPost="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"clearFilesGate"),{"name":"command","hash":{},"loc":{"start":{"line":88,"column":13},"end":{"line":88,"column":39}}})) != null ? stack1 : "")
    + "\n";
},"24":function(container,depth0,helpers,partials,data) {
    return "# The client would hand on any other signal; the gate above stops the container, with its own signal and time.\nKillSignal=SIGKILL\n";
},"25":function(container,depth0,helpers,partials,data) {
    return "SuccessExitStatus=143\n";
},"26":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "RestartSteps="
    + ((stack1 = container.lambda(container.strict(lookupProperty(depth0,"restartTiming"), "steps", {"start":{"line":103,"column":15},"end":{"line":103,"column":34}} ), depth0)) != null ? stack1 : "")
    + "\nRestartMaxDelaySec="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"restartTiming"),"longest"),{"name":"text","hash":{},"loc":{"start":{"line":104,"column":19},"end":{"line":104,"column":49}}})) != null ? stack1 : "")
    + "\n";
},"27":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "\n[Install]\nWantedBy="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"bootTarget"),{"name":"text","hash":{},"loc":{"start":{"line":114,"column":9},"end":{"line":114,"column":28}}})) != null ? stack1 : "")
    + " docker.service\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"installDirectives"),{"name":"each","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"loc":{"start":{"line":115,"column":0},"end":{"line":117,"column":9}}})) != null ? stack1 : "");
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.strict, alias3=container.lambda, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Written by gear, which replaces it. Additions belong into a drop-in: systemctl edit "
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"unit"),{"name":"text","hash":{},"loc":{"start":{"line":1,"column":86},"end":{"line":1,"column":99}}})) != null ? stack1 : "")
    + "\n[Unit]\nDescription="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"description"),{"name":"text","hash":{},"loc":{"start":{"line":3,"column":12},"end":{"line":3,"column":32}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"keepsContainers"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.program(1, data, 0),"loc":{"start":{"line":4,"column":0},"end":{"line":8,"column":7}}})) != null ? stack1 : "")
    + "After=docker.service docker.socket\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"wants"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"loc":{"start":{"line":10,"column":0},"end":{"line":12,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"requires"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"loc":{"start":{"line":13,"column":0},"end":{"line":15,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"after"),{"name":"each","hash":{},"fn":container.program(4, data, 0),"inverse":container.noop,"loc":{"start":{"line":16,"column":0},"end":{"line":18,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"before"),{"name":"each","hash":{},"fn":container.program(5, data, 0),"inverse":container.noop,"loc":{"start":{"line":19,"column":0},"end":{"line":21,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"partOf"),{"name":"each","hash":{},"fn":container.program(6, data, 0),"inverse":container.noop,"loc":{"start":{"line":22,"column":0},"end":{"line":24,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"conflicts"),{"name":"each","hash":{},"fn":container.program(7, data, 0),"inverse":container.noop,"loc":{"start":{"line":25,"column":0},"end":{"line":27,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"mountsFor"),{"name":"each","hash":{},"fn":container.program(8, data, 0),"inverse":container.noop,"loc":{"start":{"line":28,"column":0},"end":{"line":30,"column":9}}})) != null ? stack1 : "")
    + "StartLimitIntervalSec=0\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"unitDirectives"),{"name":"each","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"loc":{"start":{"line":32,"column":0},"end":{"line":34,"column":9}}})) != null ? stack1 : "")
    + "\n[Service]\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"if","hash":{},"fn":container.program(10, data, 0),"inverse":container.program(11, data, 0),"loc":{"start":{"line":37,"column":0},"end":{"line":41,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"remains"),{"name":"if","hash":{},"fn":container.program(12, data, 0),"inverse":container.noop,"loc":{"start":{"line":42,"column":0},"end":{"line":44,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"logsElsewhere"),{"name":"if","hash":{},"fn":container.program(13, data, 0),"inverse":container.noop,"loc":{"start":{"line":45,"column":0},"end":{"line":48,"column":7}}})) != null ? stack1 : "")
    + "Slice="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"slice"),{"name":"text","hash":{},"loc":{"start":{"line":49,"column":6},"end":{"line":49,"column":20}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"environmentFile"),{"name":"if","hash":{},"fn":container.program(14, data, 0),"inverse":container.noop,"loc":{"start":{"line":50,"column":0},"end":{"line":52,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"environment"),{"name":"each","hash":{},"fn":container.program(15, data, 0),"inverse":container.noop,"loc":{"start":{"line":53,"column":0},"end":{"line":55,"column":9}}})) != null ? stack1 : "")
    + "Environment=GEAR_TEXT=\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"credentials"),{"name":"each","hash":{},"fn":container.program(16, data, 0),"inverse":container.noop,"loc":{"start":{"line":57,"column":0},"end":{"line":59,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"requiredUnits"),{"name":"if","hash":{},"fn":container.program(17, data, 0),"inverse":container.noop,"loc":{"start":{"line":60,"column":0},"end":{"line":62,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"putFilesGate"),{"name":"if","hash":{},"fn":container.program(18, data, 0),"inverse":container.noop,"loc":{"start":{"line":63,"column":0},"end":{"line":65,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"networkGates"),{"name":"each","hash":{},"fn":container.program(19, data, 0),"inverse":container.noop,"loc":{"start":{"line":66,"column":0},"end":{"line":68,"column":9}}})) != null ? stack1 : "")
    + "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"createGate"),{"name":"command","hash":{},"loc":{"start":{"line":69,"column":13},"end":{"line":69,"column":35}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"connectGates"),{"name":"each","hash":{},"fn":container.program(19, data, 0),"inverse":container.noop,"loc":{"start":{"line":70,"column":0},"end":{"line":72,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"initGates"),{"name":"each","hash":{},"fn":container.program(19, data, 0),"inverse":container.noop,"loc":{"start":{"line":73,"column":0},"end":{"line":75,"column":9}}})) != null ? stack1 : "")
    + "ExecStart="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"startCommand"),{"name":"command","hash":{},"loc":{"start":{"line":76,"column":10},"end":{"line":76,"column":34}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"reloadCommands"),{"name":"each","hash":{},"fn":container.program(20, data, 0),"inverse":container.noop,"loc":{"start":{"line":77,"column":0},"end":{"line":79,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"if","hash":{},"fn":container.program(21, data, 0),"inverse":container.program(22, data, 0),"loc":{"start":{"line":80,"column":0},"end":{"line":86,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"clearFilesGate"),{"name":"if","hash":{},"fn":container.program(23, data, 0),"inverse":container.noop,"loc":{"start":{"line":87,"column":0},"end":{"line":89,"column":7}}})) != null ? stack1 : "")
    + "KillMode=mixed\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"if","hash":{},"fn":container.program(24, data, 0),"inverse":container.noop,"loc":{"start":{"line":91,"column":0},"end":{"line":94,"column":7}}})) != null ? stack1 : "")
    + "TimeoutStartSec="
    + ((stack1 = alias3(alias2(depth0, "startSeconds", {"start":{"line":95,"column":18},"end":{"line":95,"column":30}} ), depth0)) != null ? stack1 : "")
    + "\nTimeoutStopSec="
    + ((stack1 = alias3(alias2(depth0, "stopSeconds", {"start":{"line":96,"column":17},"end":{"line":96,"column":28}} ), depth0)) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"unless","hash":{},"fn":container.program(25, data, 0),"inverse":container.noop,"loc":{"start":{"line":97,"column":0},"end":{"line":99,"column":11}}})) != null ? stack1 : "")
    + "Restart="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"restart"),{"name":"text","hash":{},"loc":{"start":{"line":100,"column":8},"end":{"line":100,"column":24}}})) != null ? stack1 : "")
    + "\nRestartSec="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(lookupProperty(depth0,"restartTiming"),"first"),{"name":"text","hash":{},"loc":{"start":{"line":101,"column":11},"end":{"line":101,"column":39}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"restartTiming"),"steps"),{"name":"if","hash":{},"fn":container.program(26, data, 0),"inverse":container.noop,"loc":{"start":{"line":102,"column":0},"end":{"line":105,"column":7}}})) != null ? stack1 : "")
    + "SyslogIdentifier="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"instance"),{"name":"text","hash":{},"loc":{"start":{"line":106,"column":17},"end":{"line":106,"column":34}}})) != null ? stack1 : "")
    + "\nLogExtraFields="
    + ((stack1 = lookupProperty(helpers,"assignment").call(alias1,"GEAR_NAME",lookupProperty(depth0,"instance"),{"name":"assignment","hash":{},"loc":{"start":{"line":107,"column":15},"end":{"line":107,"column":50}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"serviceDirectives"),{"name":"each","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"loc":{"start":{"line":108,"column":0},"end":{"line":110,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(depth0,"scheduled"),{"name":"unless","hash":{},"fn":container.program(27, data, 0),"inverse":container.noop,"loc":{"start":{"line":111,"column":0},"end":{"line":118,"column":11}}})) != null ? stack1 : "");
}},
'container-podman.service.hbs': {"0":function(container,depth0,helpers,partials,data) {
    return "--user ";
},"1":function(container,depth0,helpers,partials,data) {
    return "After=network-online.target\nWants=network-online.target\n";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Wants="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":10,"column":6},"end":{"line":10,"column":19}}})) != null ? stack1 : "")
    + "\n";
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Requires="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":13,"column":9},"end":{"line":13,"column":22}}})) != null ? stack1 : "")
    + "\n";
},"4":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "After="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":16,"column":6},"end":{"line":16,"column":19}}})) != null ? stack1 : "")
    + "\n";
},"5":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Before="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":19,"column":7},"end":{"line":19,"column":20}}})) != null ? stack1 : "")
    + "\n";
},"6":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "PartOf="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":22,"column":7},"end":{"line":22,"column":20}}})) != null ? stack1 : "")
    + "\n";
},"7":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Conflicts="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":25,"column":10},"end":{"line":25,"column":23}}})) != null ? stack1 : "")
    + "\n";
},"8":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "RequiresMountsFor="
    + ((stack1 = lookupProperty(helpers,"path").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"path","hash":{},"loc":{"start":{"line":28,"column":18},"end":{"line":28,"column":31}}})) != null ? stack1 : "")
    + "\n";
},"9":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"directive").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"name"),lookupProperty(depth0,"value"),{"name":"directive","hash":{},"loc":{"start":{"line":32,"column":0},"end":{"line":32,"column":24}}})) != null ? stack1 : "")
    + "\n";
},"10":function(container,depth0,helpers,partials,data) {
    return "Type=oneshot\n";
},"11":function(container,depth0,helpers,partials,data) {
    return "Type=notify\nNotifyAccess=all\n";
},"12":function(container,depth0,helpers,partials,data) {
    return "RemainAfterExit=yes\n";
},"13":function(container,depth0,helpers,partials,data) {
    return "# Podman prints IDs there; conmon writes the container's lines to the journal itself.\nStandardOutput=null\n";
},"14":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "EnvironmentFile="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"environmentFile"),{"name":"text","hash":{},"loc":{"start":{"line":53,"column":16},"end":{"line":53,"column":40}}})) != null ? stack1 : "")
    + "\n";
},"15":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Environment="
    + ((stack1 = lookupProperty(helpers,"assignment").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"name"),lookupProperty(depth0,"value"),{"name":"assignment","hash":{},"loc":{"start":{"line":56,"column":12},"end":{"line":56,"column":37}}})) != null ? stack1 : "")
    + "\n";
},"16":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"directive"),{"name":"text","hash":{},"loc":{"start":{"line":60,"column":0},"end":{"line":60,"column":18}}})) != null ? stack1 : "")
    + "="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"name"),{"name":"text","hash":{},"loc":{"start":{"line":60,"column":19},"end":{"line":60,"column":32}}})) != null ? stack1 : "")
    + ":"
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"path"),{"name":"text","hash":{},"loc":{"start":{"line":60,"column":33},"end":{"line":60,"column":46}}})) != null ? stack1 : "")
    + "\n";
},"17":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"requireGate"),{"name":"command","hash":{},"loc":{"start":{"line":63,"column":13},"end":{"line":63,"column":36}}})) != null ? stack1 : "")
    + "\n";
},"18":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"putFilesGate"),{"name":"command","hash":{},"loc":{"start":{"line":66,"column":13},"end":{"line":66,"column":37}}})) != null ? stack1 : "")
    + "\n";
},"19":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"command","hash":{},"loc":{"start":{"line":69,"column":13},"end":{"line":69,"column":29}}})) != null ? stack1 : "")
    + "\n";
},"20":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStartPost="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"startedGate"),{"name":"command","hash":{},"loc":{"start":{"line":77,"column":14},"end":{"line":77,"column":37}}})) != null ? stack1 : "")
    + "\n";
},"21":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecReload="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"command","hash":{},"loc":{"start":{"line":80,"column":11},"end":{"line":80,"column":27}}})) != null ? stack1 : "")
    + "\n";
},"22":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "ExecStopPost="
    + ((stack1 = lookupProperty(helpers,"command").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"clearFilesGate"),{"name":"command","hash":{},"loc":{"start":{"line":85,"column":13},"end":{"line":85,"column":39}}})) != null ? stack1 : "")
    + "\n";
},"23":function(container,depth0,helpers,partials,data) {
    return "# Podman ends the container, with its own signal and time, in ExecStopPost=. The client would end with a status for any\n# other signal, as if the run had failed.\nKillMode=process\nKillSignal=SIGKILL\n";
},"24":function(container,depth0,helpers,partials,data) {
    return "KillMode=mixed\n";
},"25":function(container,depth0,helpers,partials,data) {
    return "SuccessExitStatus=143\n";
},"26":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "RestartSteps="
    + ((stack1 = container.lambda(container.strict(lookupProperty(depth0,"restartTiming"), "steps", {"start":{"line":103,"column":15},"end":{"line":103,"column":34}} ), depth0)) != null ? stack1 : "")
    + "\nRestartMaxDelaySec="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"restartTiming"),"longest"),{"name":"text","hash":{},"loc":{"start":{"line":104,"column":19},"end":{"line":104,"column":49}}})) != null ? stack1 : "")
    + "\n";
},"27":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "\n[Install]\nWantedBy="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"bootTarget"),{"name":"text","hash":{},"loc":{"start":{"line":114,"column":9},"end":{"line":114,"column":28}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"installDirectives"),{"name":"each","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"loc":{"start":{"line":115,"column":0},"end":{"line":117,"column":9}}})) != null ? stack1 : "");
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.strict, alias3=container.lambda, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Written by gear, which replaces it. Additions belong into a drop-in: systemctl "
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"ofUser"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"loc":{"start":{"line":1,"column":81},"end":{"line":1,"column":109}}})) != null ? stack1 : "")
    + "edit "
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"unit"),{"name":"text","hash":{},"loc":{"start":{"line":1,"column":114},"end":{"line":1,"column":127}}})) != null ? stack1 : "")
    + "\n[Unit]\nDescription="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"description"),{"name":"text","hash":{},"loc":{"start":{"line":3,"column":12},"end":{"line":3,"column":32}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(depth0,"ofUser"),{"name":"unless","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"loc":{"start":{"line":4,"column":0},"end":{"line":7,"column":11}}})) != null ? stack1 : "")
    + "RequiresMountsFor=%t/containers\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"wants"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"loc":{"start":{"line":9,"column":0},"end":{"line":11,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"requires"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"loc":{"start":{"line":12,"column":0},"end":{"line":14,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"after"),{"name":"each","hash":{},"fn":container.program(4, data, 0),"inverse":container.noop,"loc":{"start":{"line":15,"column":0},"end":{"line":17,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"before"),{"name":"each","hash":{},"fn":container.program(5, data, 0),"inverse":container.noop,"loc":{"start":{"line":18,"column":0},"end":{"line":20,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"partOf"),{"name":"each","hash":{},"fn":container.program(6, data, 0),"inverse":container.noop,"loc":{"start":{"line":21,"column":0},"end":{"line":23,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"conflicts"),{"name":"each","hash":{},"fn":container.program(7, data, 0),"inverse":container.noop,"loc":{"start":{"line":24,"column":0},"end":{"line":26,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"mountsFor"),{"name":"each","hash":{},"fn":container.program(8, data, 0),"inverse":container.noop,"loc":{"start":{"line":27,"column":0},"end":{"line":29,"column":9}}})) != null ? stack1 : "")
    + "StartLimitIntervalSec=0\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"unitDirectives"),{"name":"each","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"loc":{"start":{"line":31,"column":0},"end":{"line":33,"column":9}}})) != null ? stack1 : "")
    + "\n[Service]\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"if","hash":{},"fn":container.program(10, data, 0),"inverse":container.program(11, data, 0),"loc":{"start":{"line":36,"column":0},"end":{"line":41,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"remains"),{"name":"if","hash":{},"fn":container.program(12, data, 0),"inverse":container.noop,"loc":{"start":{"line":42,"column":0},"end":{"line":44,"column":7}}})) != null ? stack1 : "")
    + "Delegate=yes\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"logsElsewhere"),{"name":"if","hash":{},"fn":container.program(13, data, 0),"inverse":container.noop,"loc":{"start":{"line":46,"column":0},"end":{"line":49,"column":7}}})) != null ? stack1 : "")
    + "StandardError=journal\nSlice="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"slice"),{"name":"text","hash":{},"loc":{"start":{"line":51,"column":6},"end":{"line":51,"column":20}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"environmentFile"),{"name":"if","hash":{},"fn":container.program(14, data, 0),"inverse":container.noop,"loc":{"start":{"line":52,"column":0},"end":{"line":54,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"environment"),{"name":"each","hash":{},"fn":container.program(15, data, 0),"inverse":container.noop,"loc":{"start":{"line":55,"column":0},"end":{"line":57,"column":9}}})) != null ? stack1 : "")
    + "Environment=GEAR_TEXT=\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"credentials"),{"name":"each","hash":{},"fn":container.program(16, data, 0),"inverse":container.noop,"loc":{"start":{"line":59,"column":0},"end":{"line":61,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"requiredUnits"),{"name":"if","hash":{},"fn":container.program(17, data, 0),"inverse":container.noop,"loc":{"start":{"line":62,"column":0},"end":{"line":64,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"putFilesGate"),{"name":"if","hash":{},"fn":container.program(18, data, 0),"inverse":container.noop,"loc":{"start":{"line":65,"column":0},"end":{"line":67,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"networkGates"),{"name":"each","hash":{},"fn":container.program(19, data, 0),"inverse":container.noop,"loc":{"start":{"line":68,"column":0},"end":{"line":70,"column":9}}})) != null ? stack1 : "")
    + "ExecStartPre="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"prepareGate"),{"name":"command","hash":{},"loc":{"start":{"line":71,"column":13},"end":{"line":71,"column":36}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"initGates"),{"name":"each","hash":{},"fn":container.program(19, data, 0),"inverse":container.noop,"loc":{"start":{"line":72,"column":0},"end":{"line":74,"column":9}}})) != null ? stack1 : "")
    + "ExecStart="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"startCommand"),{"name":"command","hash":{},"loc":{"start":{"line":75,"column":10},"end":{"line":75,"column":34}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"unless","hash":{},"fn":container.program(20, data, 0),"inverse":container.noop,"loc":{"start":{"line":76,"column":0},"end":{"line":78,"column":11}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"reloadCommands"),{"name":"each","hash":{},"fn":container.program(21, data, 0),"inverse":container.noop,"loc":{"start":{"line":79,"column":0},"end":{"line":81,"column":9}}})) != null ? stack1 : "")
    + "ExecStop="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"stopCommand"),{"name":"command","hash":{},"loc":{"start":{"line":82,"column":9},"end":{"line":82,"column":32}}})) != null ? stack1 : "")
    + "\nExecStopPost="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"removeCommand"),{"name":"command","hash":{},"loc":{"start":{"line":83,"column":13},"end":{"line":83,"column":38}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"clearFilesGate"),{"name":"if","hash":{},"fn":container.program(22, data, 0),"inverse":container.noop,"loc":{"start":{"line":84,"column":0},"end":{"line":86,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"if","hash":{},"fn":container.program(23, data, 0),"inverse":container.program(24, data, 0),"loc":{"start":{"line":87,"column":0},"end":{"line":94,"column":7}}})) != null ? stack1 : "")
    + "TimeoutStartSec="
    + ((stack1 = alias3(alias2(depth0, "startSeconds", {"start":{"line":95,"column":18},"end":{"line":95,"column":30}} ), depth0)) != null ? stack1 : "")
    + "\nTimeoutStopSec="
    + ((stack1 = alias3(alias2(depth0, "stopSeconds", {"start":{"line":96,"column":17},"end":{"line":96,"column":28}} ), depth0)) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(depth0,"oneShot"),{"name":"unless","hash":{},"fn":container.program(25, data, 0),"inverse":container.noop,"loc":{"start":{"line":97,"column":0},"end":{"line":99,"column":11}}})) != null ? stack1 : "")
    + "Restart="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"restart"),{"name":"text","hash":{},"loc":{"start":{"line":100,"column":8},"end":{"line":100,"column":24}}})) != null ? stack1 : "")
    + "\nRestartSec="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(lookupProperty(depth0,"restartTiming"),"first"),{"name":"text","hash":{},"loc":{"start":{"line":101,"column":11},"end":{"line":101,"column":39}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"restartTiming"),"steps"),{"name":"if","hash":{},"fn":container.program(26, data, 0),"inverse":container.noop,"loc":{"start":{"line":102,"column":0},"end":{"line":105,"column":7}}})) != null ? stack1 : "")
    + "SyslogIdentifier="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"instance"),{"name":"text","hash":{},"loc":{"start":{"line":106,"column":17},"end":{"line":106,"column":34}}})) != null ? stack1 : "")
    + "\nLogExtraFields="
    + ((stack1 = lookupProperty(helpers,"assignment").call(alias1,"GEAR_NAME",lookupProperty(depth0,"instance"),{"name":"assignment","hash":{},"loc":{"start":{"line":107,"column":15},"end":{"line":107,"column":50}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"serviceDirectives"),{"name":"each","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"loc":{"start":{"line":108,"column":0},"end":{"line":110,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(depth0,"scheduled"),{"name":"unless","hash":{},"fn":container.program(27, data, 0),"inverse":container.noop,"loc":{"start":{"line":111,"column":0},"end":{"line":118,"column":11}}})) != null ? stack1 : "");
}},
'ready.service.hbs': {"0":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Before="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,{"name":"text","hash":{},"loc":{"start":{"line":7,"column":7},"end":{"line":7,"column":20}}})) != null ? stack1 : "")
    + "\n";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "EnvironmentFile="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"environmentFile"),{"name":"text","hash":{},"loc":{"start":{"line":16,"column":16},"end":{"line":16,"column":40}}})) != null ? stack1 : "")
    + "\n";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "Environment="
    + ((stack1 = lookupProperty(helpers,"assignment").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"name"),lookupProperty(depth0,"value"),{"name":"assignment","hash":{},"loc":{"start":{"line":19,"column":12},"end":{"line":19,"column":37}}})) != null ? stack1 : "")
    + "\n";
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "RestartSteps="
    + ((stack1 = container.lambda(container.strict(lookupProperty(depth0,"restartTiming"), "steps", {"start":{"line":28,"column":15},"end":{"line":28,"column":34}} ), depth0)) != null ? stack1 : "")
    + "\nRestartMaxDelaySec="
    + ((stack1 = lookupProperty(helpers,"text").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"restartTiming"),"longest"),{"name":"text","hash":{},"loc":{"start":{"line":29,"column":19},"end":{"line":29,"column":49}}})) != null ? stack1 : "")
    + "\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Written by gear, which replaces it. Active once the container's own check has succeeded.\n[Unit]\nDescription="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"description"),{"name":"text","hash":{},"loc":{"start":{"line":3,"column":12},"end":{"line":3,"column":32}}})) != null ? stack1 : "")
    + "\nBindsTo="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"containerUnit"),{"name":"text","hash":{},"loc":{"start":{"line":4,"column":8},"end":{"line":4,"column":30}}})) != null ? stack1 : "")
    + "\nAfter="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"containerUnit"),{"name":"text","hash":{},"loc":{"start":{"line":5,"column":6},"end":{"line":5,"column":28}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"before"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"loc":{"start":{"line":6,"column":0},"end":{"line":8,"column":9}}})) != null ? stack1 : "")
    + "StartLimitIntervalSec=0\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nSlice="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"slice"),{"name":"text","hash":{},"loc":{"start":{"line":14,"column":6},"end":{"line":14,"column":20}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"environmentFile"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"loc":{"start":{"line":15,"column":0},"end":{"line":17,"column":7}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"environment"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"loc":{"start":{"line":18,"column":0},"end":{"line":20,"column":9}}})) != null ? stack1 : "")
    + "Environment=GEAR_TEXT=\nExecStart="
    + ((stack1 = lookupProperty(helpers,"command").call(alias1,lookupProperty(depth0,"readyGate"),{"name":"command","hash":{},"loc":{"start":{"line":22,"column":10},"end":{"line":22,"column":31}}})) != null ? stack1 : "")
    + "\nTimeoutStartSec="
    + ((stack1 = container.lambda(container.strict(depth0, "startSeconds", {"start":{"line":23,"column":18},"end":{"line":23,"column":30}} ), depth0)) != null ? stack1 : "")
    + "\nTimeoutStopSec=15\nRestart=on-failure\nRestartSec="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(lookupProperty(depth0,"restartTiming"),"first"),{"name":"text","hash":{},"loc":{"start":{"line":26,"column":11},"end":{"line":26,"column":39}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"restartTiming"),"steps"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"loc":{"start":{"line":27,"column":0},"end":{"line":30,"column":7}}})) != null ? stack1 : "")
    + "SyslogIdentifier="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"instance"),{"name":"text","hash":{},"loc":{"start":{"line":31,"column":17},"end":{"line":31,"column":34}}})) != null ? stack1 : "")
    + "\nLogExtraFields="
    + ((stack1 = lookupProperty(helpers,"assignment").call(alias1,"GEAR_NAME",lookupProperty(depth0,"instance"),{"name":"assignment","hash":{},"loc":{"start":{"line":32,"column":15},"end":{"line":32,"column":50}}})) != null ? stack1 : "")
    + "\n";
}},
'schedule.timer.hbs': {"0":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"directive").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"name"),lookupProperty(depth0,"value"),{"name":"directive","hash":{},"loc":{"start":{"line":13,"column":0},"end":{"line":13,"column":24}}})) != null ? stack1 : "")
    + "\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "# Written by gear, which replaces it. Starts "
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"containerUnit"),{"name":"text","hash":{},"loc":{"start":{"line":1,"column":45},"end":{"line":1,"column":67}}})) != null ? stack1 : "")
    + "; a time that was missed is made up for.\n[Unit]\nDescription="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"description"),{"name":"text","hash":{},"loc":{"start":{"line":3,"column":12},"end":{"line":3,"column":32}}})) != null ? stack1 : "")
    + "\n\n[Timer]\nOnCalendar="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"schedule"),{"name":"text","hash":{},"loc":{"start":{"line":6,"column":11},"end":{"line":6,"column":28}}})) != null ? stack1 : "")
    + "\nPersistent=true\nUnit="
    + ((stack1 = lookupProperty(helpers,"text").call(alias1,lookupProperty(depth0,"containerUnit"),{"name":"text","hash":{},"loc":{"start":{"line":8,"column":5},"end":{"line":8,"column":27}}})) != null ? stack1 : "")
    + "\n\n[Install]\nWantedBy=timers.target\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"installDirectives"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"loc":{"start":{"line":12,"column":0},"end":{"line":14,"column":9}}})) != null ? stack1 : "");
}},
};

export const gateTexts: Readonly<Record<GateName, string>> = {
'connect.sh': "#!/bin/sh\n# Docker: sees to it that the container is in a network as that is now. A container refers to a network by its ID: when\n# the network was removed and made anew, the container cannot start until it is joined again.\n#\n#   connect.sh INSTANCE CONTAINER NETWORK ENGINE network connect ARGUMENT…\n\ngear_name=$1 gear_container=$2 gear_network=$3\nshift 3\ngear_engine=$1\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\nif ! gear_id=$(\"$gear_engine\" network inspect --format '{{.Id}}' \"$gear_network\" 2>/dev/null); then\n  say \"there is no network $gear_network\"\n  exit 1\nfi\n# A container that was never started is in the network by name, without an ID.\ngear_joined=$(\"$gear_engine\" container inspect --format \\\n  \"{{.State.Running}} {{with index .NetworkSettings.Networks \\\"$gear_network\\\"}}in {{.NetworkID}}{{end}}\" \\\n  \"$gear_container\") || exit 1\n\ncase $gear_joined in\n  \"true in \"* | \"false in \" | \"false in $gear_id\") exit 0 ;;\n  \"false in \"*)\n    say \"the network $gear_network was made anew, joining it again\"\n    \"$gear_engine\" network disconnect --force \"$gear_network\" \"$gear_container\" || exit 1\n    ;;\nesac\n\"$@\"\n",
'create.sh': "#!/bin/sh\n# Docker: makes the container when it is absent, as after a prune, and notes what the gate `running.sh` needs.\n#\n#   create.sh INSTANCE CONTAINER IMAGE DIGEST ENGINE create ARGUMENT…\n#\n# DIGEST is name@sha256:… or empty: an absent image is pulled by it, without credentials. Nothing is started here.\n# All variables begin with gear_: others in the environment are the container's, and must be passed on unchanged.\n\ngear_name=$1 gear_container=$2 gear_image=$3 gear_digest=$4\nshift 4\ngear_engine=$1\n# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\ngear_notes=${XDG_RUNTIME_DIR:-/run}/gear\nif [ -z \"$XDG_RUNTIME_DIR\" ]; then\n  gear_docker=/var/lib/docker gear_adopted=/etc/gear/adopted\nelse\n  gear_docker=${XDG_DATA_HOME:-$HOME/.local/share}/docker gear_adopted=${0%/current/gates/*}/adopted\nfi\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\n# What an earlier gate, or gear when it made the container, has noted. dockerd keeps each container in a folder, whose\n# state file says the rest: to ask the engine would cost the start of a client.\nfind_noted() {\n  { read -r gear_id gear_rest <\"$gear_notes/$gear_container\"; } 2>/dev/null || return 1\n  gear_started=$(grep --max-count=1 --only-matching '\"StartedAt\":\"[^\"]*\"' \\\n    \"$gear_docker/containers/$gear_id/config.v2.json\" 2>/dev/null) || return 1\n  gear_started=${gear_started#*:\\\"}\n  gear_found=\"$gear_id ${gear_started%%\\\"*} $gear_name\"\n}\n\nfind_container() {\n  gear_found=$(\"$gear_engine\" container inspect \\\n    --format '{{.Id}} {{.State.StartedAt}} {{index .Config.Labels \"gear.name\"}}' \"$gear_container\" 2>/dev/null)\n}\n\nif ! find_noted && ! find_container; then\n  say \"the container $gear_container is absent, making it\"\n  if ! \"$@\" >/dev/null; then\n    \"$gear_engine\" version >/dev/null 2>&1 || { say \"the engine does not answer\"; exit 1; }\n    if \"$gear_engine\" image inspect \"$gear_image\" >/dev/null 2>&1; then exit 1; fi\n    if [ -z \"$gear_digest\" ]; then\n      say \"its image is gone and came from no registry; type: gear start $gear_name\"\n      exit 1\n    fi\n    say \"its image is gone, pulling $gear_digest\"\n    if ! \"$gear_engine\" pull --quiet \"$gear_digest\" >/dev/null; then\n      say \"the pull failed; to pull with your credentials, type: gear start $gear_name\"\n      exit 1\n    fi\n    \"$@\" >/dev/null || exit 1\n  fi\n  find_container || { say \"the container $gear_container is not there after all\"; exit 1; }\nfi\n\n# What was adopted has no label: a record beside it says whose it is.\nis_adopted() {\n  { read -r gear_id gear_rest <\"$gear_adopted/$gear_container\"; } 2>/dev/null &&\n    [ \"${gear_found%% *}\" = \"$gear_id\" ]\n}\n\ngear_labelled=${gear_found##* }\nif [ \"$gear_labelled\" != \"$gear_name\" ] && is_adopted; then\n  gear_labelled=$gear_name\n  gear_found=\"${gear_found% *} $gear_name\"\nfi\nif [ \"$gear_labelled\" != \"$gear_name\" ]; then\n  say \"a container called $gear_container exists and is not gear's; rename or remove it\"\n  exit 1\nfi\n\n[ -d \"$gear_notes\" ] || mkdir -p \"$gear_notes\" || exit 1\necho \"$gear_found\" >\"$gear_notes/$gear_container\"\n",
'files.sh': "#!/bin/sh\n# Puts config files and secrets where the container has them mounted, in place: a mount and an open file stay with the\n# inode, so a process that reads again sees the new content.\n#\n#   files.sh put INSTANCE [config MODE SOURCE NAME | secret MODE CREDENTIAL NAME]…\n#   files.sh clear INSTANCE                                    takes the secrets away\n#\n# Secrets come from the unit's credentials (systemd.exec(5)). The parent folder is root's alone; what is below it has\n# the modes that the container is to see.\n\ngear_verb=$1 gear_name=$2\nshift 2\n# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\ngear_parent=${XDG_RUNTIME_DIR:-/run}/gear/files\ngear_folder=$gear_parent/$gear_name\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\nif [ \"$gear_verb\" = clear ]; then\n  # The folder itself stays: a container that runs on has it mounted.\n  [ ! -d \"$gear_folder/secrets\" ] || find \"$gear_folder/secrets\" -mindepth 1 -delete\n  exit\nfi\n\n# put_file MODE SOURCE TARGET\nput_file() {\n  if [ ! -r \"$2\" ]; then\n    say \"the file $2 is gone\"\n    return 1\n  fi\n  # An engine that found nothing to mount has made a folder there.\n  [ ! -d \"$3\" ] || rmdir \"$3\" || return 1\n  cmp -s \"$2\" \"$3\" 2>/dev/null || cat \"$2\" >\"$3\" || return 1\n  chmod \"$1\" \"$3\"\n}\n\nmkdir -p \"$gear_parent\" && chmod 0700 \"$gear_parent\" || exit 1\nmkdir -p \"$gear_folder/config\" \"$gear_folder/secrets\" || exit 1\nchmod 0755 \"$gear_folder\" \"$gear_folder/config\" \"$gear_folder/secrets\" || exit 1\numask 077\n\nwhile [ \"$#\" -ge 4 ]; do\n  case $1 in\n    config) put_file \"$2\" \"$3\" \"$gear_folder/config/$4\" || exit 1 ;;\n    secret) put_file \"$2\" \"$CREDENTIALS_DIRECTORY/$3\" \"$gear_folder/secrets/$4\" || exit 1 ;;\n  esac\n  shift 4\ndone\n",
'init.sh': "#!/bin/sh\n# Runs one init step to its end; its status is the step's. Nothing of it is left.\n#\n#   init.sh INSTANCE CONTAINER IMAGE DIGEST NETWORKS ENGINE create ARGUMENT…\n#\n# NETWORKS: what the container joins beside what its arguments say. DIGEST is name@sha256:… or empty: an absent image\n# is pulled by it, without credentials.\n# All variables begin with gear_: others in the environment are the container's, and must be passed on unchanged.\n\ngear_name=$1 gear_container=$2 gear_image=$3 gear_digest=$4 gear_networks=$5\nshift 5\ngear_engine=$1\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\nremove_container() {\n  \"$gear_engine\" rm --force --volumes \"$gear_container\" >/dev/null\n}\n\n# What a power loss or a timeout has left.\nif gear_labelled=$(\"$gear_engine\" container inspect \\\n  --format '{{index .Config.Labels \"gear.name\"}}' \"$gear_container\" 2>/dev/null); then\n  if [ \"$gear_labelled\" != \"$gear_name\" ]; then\n    say \"a container called $gear_container exists and is not gear's; rename or remove it\"\n    exit 1\n  fi\n  remove_container || exit 1\nfi\n\n# The unit is attached again to a container that runs on: that is no start.\ngear_running=$(\"$gear_engine\" ps --quiet --filter \"label=gear.name=$gear_name\") || exit 1\n[ -z \"$gear_running\" ] || exit 0\n\nif ! \"$gear_engine\" image inspect \"$gear_image\" >/dev/null 2>&1; then\n  if [ -z \"$gear_digest\" ]; then\n    say \"the image of an init step is gone and came from no registry; type: gear start $gear_name\"\n    exit 1\n  fi\n  say \"the image of an init step is gone, pulling $gear_digest\"\n  if ! \"$gear_engine\" pull --quiet \"$gear_digest\" >/dev/null; then\n    say \"the pull failed; to pull with your credentials, type: gear start $gear_name\"\n    exit 1\n  fi\nfi\n\n\"$@\" >/dev/null || exit 1\ntrap 'remove_container; exit 1' TERM\nfor gear_network in $gear_networks; do\n  \"$gear_engine\" network connect \"$gear_network\" \"$gear_container\" || { remove_container; exit 1; }\ndone\n\n# In the background, so that the trap is heeded at once.\n\"$gear_engine\" start --attach \"$gear_container\" >&2 &\nwait \"$!\"\ngear_status=$?\nremove_container\n[ \"$gear_status\" -eq 0 ] || say \"the init step ${gear_container##*-} ended with status $gear_status\"\nexit \"$gear_status\"\n",
'name.sh': "#!/bin/sh\n# Docker: makes the container by create.sh, and sees to it that it has the name that was asked for. That is the name of\n# one container, so the form that ran before gives it back: each form is called ctr-INSTANCE.HASH until it starts.\n#\n#   name.sh NAME /bin/sh …/create.sh INSTANCE CONTAINER IMAGE DIGEST ENGINE create ARGUMENT…\n#\n# An end between two steps leaves nothing that the next start does not find by label or record.\n# All variables begin with gear_: others in the environment are the container's, and must be passed on unchanged.\n\ngear_wished=$1\nshift\ngear_name=$3 gear_container=$4 gear_engine=$7\n# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\ngear_notes=${XDG_RUNTIME_DIR:-/run}/gear\nif [ -z \"$XDG_RUNTIME_DIR\" ]; then\n  gear_docker=/var/lib/docker gear_adopted=/etc/gear/adopted\nelse\n  gear_docker=${XDG_DATA_HOME:-$HOME/.local/share}/docker gear_adopted=${2%/current/gates/*}/adopted\nfi\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\n# Whether the container that create.sh has noted bears the name already: dockerd's file says so, or else the engine.\nhas_name() {\n  { read -r gear_own gear_rest <\"$gear_notes/$gear_container\"; } 2>/dev/null || return 1\n  grep --quiet --fixed-strings \"\\\"Name\\\":\\\"/$gear_wished\\\"\" \\\n    \"$gear_docker/containers/$gear_own/config.v2.json\" 2>/dev/null && return\n  [ \"$(\"$gear_engine\" container inspect --format '{{.Name}}' \"$gear_own\" 2>/dev/null)\" = \"/$gear_wished\" ]\n}\n\n# What was adopted has no label: a record beside it, called as its form is, says whose it is.\nfind_record() {\n  for gear_record in \"$gear_adopted\"/ctr-*; do\n    { read -r gear_id gear_kind gear_app gear_owner gear_rest <\"$gear_record\"; } 2>/dev/null || continue\n    [ \"$gear_id\" = \"$gear_holder\" ] || continue\n    gear_form=${gear_record##*/}\n    return\n  done\n  return 1\n}\n\n# An engine that is away does not say that nobody has the name: a second container of this form would never get it.\nis_free() {\n  if ! gear_names=$(\"$gear_engine\" ps --all --format '{{.Names}}' 2>/dev/null); then\n    say \"the engine does not answer\"\n    exit 1\n  fi\n  ! printf '%s\\n' \"$gear_names\" | grep --quiet --line-regexp --fixed-strings \"$gear_wished\"\n}\n\n# Whoever of gear's has the name and does not run, or is an earlier form, is called after its form again.\nfree_name() {\n  # Without `with` a label that is absent would be `<no value>`.\n  gear_labels='{{with index .Config.Labels \"gear.name\"}}{{.}}{{end}} {{with index .Config.Labels \"gear.hash\"}}{{.}}{{end}}'\n  gear_found=$(\"$gear_engine\" container inspect --format \"{{.Name}} {{.Id}} {{.State.Running}} $gear_labels\" \\\n    \"$gear_wished\" 2>/dev/null) || { is_free; return; }\n  read -r gear_called gear_holder gear_running gear_owner gear_hash <<END\n$gear_found\nEND\n  # The engine also takes the beginning of an ID for a name.\n  [ \"$gear_called\" = \"/$gear_wished\" ] || return 0\n  gear_form=ctr-$gear_owner.$gear_hash\n  if [ -z \"$gear_hash\" ] && ! find_record; then\n    say \"a container called $gear_wished exists and is not gear's; rename or remove it\"\n    exit 1\n  fi\n  if [ \"$gear_owner\" != \"$gear_name\" ] && [ \"$gear_running\" = true ]; then\n    say \"the container $gear_wished is that of $gear_owner, which runs; give one of them another name\"\n    exit 1\n  fi\n  \"$gear_engine\" rename \"$gear_holder\" \"$gear_form\"\n}\n\nhas_name || free_name || exit 1\n\"$@\" || exit\nhas_name || \"$gear_engine\" rename \"$gear_own\" \"$gear_wished\"\n",
'network.sh': "#!/bin/sh\n# Makes a network of gear when it is absent, as after a prune. One that exists is used as it is.\n#\n#   network.sh INSTANCE NETWORK ENGINE network create ARGUMENT…\n\ngear_name=$1 gear_network=$2\nshift 2\ngear_engine=$1\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\nnetwork_exists() {\n  \"$gear_engine\" network inspect \"$gear_network\" >/dev/null 2>&1\n}\n\nif network_exists; then exit 0; fi\n\n# On boot several containers come here at once, and Docker may make two networks of one name.\n# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\ngear_notes=${XDG_RUNTIME_DIR:-/run}/gear\n[ -d \"$gear_notes\" ] || mkdir -p \"$gear_notes\" || exit 1\nexec 9>\"$gear_notes/networks.lock\" || exit 1\nif ! flock -w 60 9; then\n  say \"another start has been making a network for a minute\"\n  exit 1\nfi\nif network_exists; then exit 0; fi\nsay \"the network $gear_network is absent, making it\"\n\"$@\" 9>&- >/dev/null\n",
'notify.sh': "#!/bin/sh\n# Tells the targets of gear notify that something is wrong with a container. Nothing of gear runs for it: a drop-in for\n# all units of gear's has systemd call this.\n#\n#   notify.sh --queue UNIT     in ExecStopPost= of the unit: has gear-notify@UNIT.service do the rest, outside of it\n#   notify.sh UNIT             in that service: once the unit has stopped, tells what came of it\n#   notify.sh --test TARGET    tells one target that this is a test\n#\n# OnFailure= would not do: before systemd 254 it is silent as long as Restart= tries again.\n\ngear_root=${0%/*}\n# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\ngear_run=${XDG_RUNTIME_DIR:-/run}/gear\ngear_notes=$gear_run/notify\ngear_whose=${XDG_RUNTIME_DIR:+--user}\ngear_status=0\n\nif [ \"$1\" = --queue ]; then\n  [ \"$SERVICE_RESULT\" = success ] || exec systemctl $gear_whose start --no-block \"gear-notify@$2.service\"\n  exit 0\nfi\n\nshow() {\n  systemctl $gear_whose show --property=\"$1\" --value -- \"$2\"\n}\n\n# A word of JSON. What it is made of are names and words of systemd: no character of them needs more than this.\nword() {\n  printf '\"%s\":\"%s\"' \"$1\" \"$(printf %s \"$2\" | tr -d '\"\\\\\\001-\\037')\"\n}\n\nsend() {\n  gear_folder=$1\n  gear_target=${gear_folder##*/}\n  if [ -f \"$gear_folder/webhook\" ]; then\n    # The URL is a secret: it is in that file, and curl says nothing.\n    printf %s \"$gear_json\" | curl --silent --fail --output /dev/null --max-time 20 --retry 2 \\\n      --header 'Content-Type: application/json' --data-binary @- --config \"$gear_folder/webhook\"\n  else\n    set --\n    while IFS= read -r gear_line || [ -n \"$gear_line\" ]; do\n      set -- \"$@\" \"$gear_line\"\n    done <\"$gear_folder/command\"\n    printf '%s\\n' \"$gear_json\" | GEAR_EVENT=$gear_event GEAR_NAME=$gear_name GEAR_UNIT=$gear_unit \\\n      GEAR_HOST=$gear_host GEAR_TEXT=$gear_text timeout 60 \"$@\"\n  fi\n  gear_ended=$?\n  [ \"$gear_ended\" = 0 ] && return\n  echo \"gear: the target $gear_target was not told: it ended with status $gear_ended\" >&2\n  gear_status=1\n}\n\ngear_host=$(uname -n)\nif [ \"$1\" = --test ]; then\n  gear_event=test gear_name=test gear_unit=none gear_result=success gear_restarts=0\n  gear_text=\"this is a test of gear notify on $gear_host\"\nelse\n  gear_unit=$1\n  gear_name=${gear_unit#ctr-}\n  gear_name=${gear_name%.service}\n  # The unit's own stop is not over when it has this started, and no signal tells a shell that it is.\n  gear_tries=0\n  while gear_state=$(show ActiveState \"$gear_unit\") && [ \"$gear_state\" = deactivating ] && [ \"$gear_tries\" -lt 50 ]; do\n    gear_tries=$((gear_tries + 1))\n    sleep 0.2\n  done\n  gear_result=$(show Result \"$gear_unit\")\n  gear_restarts=$(show NRestarts \"$gear_unit\")\n  case $gear_name in\n    *-ready)\n      gear_name=${gear_name%-ready}\n      # Where the container itself ended, that is what is told.\n      [ \"$(show ActiveState \"ctr-$gear_name.service\")\" = active ] || exit 0\n      gear_event=not-ready\n      gear_text=\"$gear_name on $gear_host is not ready: its health check did not succeed in time\"\n      ;;\n    *)\n      # What is tried again failed; what is not, was stopped, unless it is to run once.\n      case $gear_state in\n        inactive) exit 0 ;;\n        failed) [ \"$(show Restart \"$gear_unit\")\" = no ] && [ ! -e \"$gear_run/stops/$gear_name\" ] || exit 0 ;;\n      esac\n      gear_event=failed\n      gear_text=\"$gear_name on $gear_host failed ($gear_result)\"\n      if [ \"${gear_restarts:-0}\" -ge 3 ]; then\n        gear_event=crash-loop\n        gear_text=\"$gear_name on $gear_host is in a crash loop: restarted $gear_restarts times ($gear_result)\"\n      fi\n      ;;\n  esac\n  # Each event of a container once an hour.\n  mkdir -p \"$gear_notes\"\n  gear_note=$gear_notes/$gear_name-$gear_event\n  [ -z \"$(find \"$gear_note\" -mmin -60 2>/dev/null)\" ] || exit 0\n  : >\"$gear_note\"\nfi\n\ngear_json=\"{$(word text \"$gear_text\"),$(word event \"$gear_event\"),$(word name \"$gear_name\"),$(word unit \"$gear_unit\")\"\ngear_json=\"$gear_json,$(word host \"$gear_host\"),$(word result \"$gear_result\"),\\\"restarts\\\":${gear_restarts:-0}}\"\n\nif [ \"$1\" = --test ]; then\n  send \"$gear_root/$2\"\nelse\n  for gear_each in \"$gear_root\"/*/; do\n    [ -f \"${gear_each}on\" ] && grep -qxF \"$gear_event\" \"${gear_each}on\" && send \"${gear_each%/}\"\n  done\nfi\nexit \"$gear_status\"\n",
'prepare.sh': "#!/bin/sh\n# Podman: sees to it that `podman run --replace` replaces nobody else's container, and that image and volumes exist.\n#\n#   prepare.sh INSTANCE APP CONTAINER IMAGE DIGEST ENGINE VOLUME…\n#\n# DIGEST is name@sha256:… or empty: an absent image is pulled by it, without credentials.\n# All variables begin with gear_: others in the environment are the container's.\n\ngear_name=$1 gear_app=$2 gear_container=$3 gear_image=$4 gear_digest=$5 gear_engine=$6\nshift 6\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\n# Less than a minute ago gear has seen the image, and that nobody else has the container's name: each asking is a process,\n# so one start takes its word.\nis_noted() {\n  # A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\n  gear_note=${XDG_RUNTIME_DIR:-/run}/gear/$gear_name.image\n  { read -r gear_noted <\"$gear_note\"; } 2>/dev/null || return 1\n  gear_fresh=$(find \"$gear_note\" -mmin -1) || return 1\n  rm -f \"$gear_note\"\n  [ -n \"$gear_fresh\" ] && [ \"$gear_noted\" = \"$gear_image\" ]\n}\n\nis_own_name() {\n  [ \"$gear_container\" = \"ctr-$gear_name\" ]\n}\n\nsee_to_name() {\n  # Without `with` a label that is absent would be `<no value>`.\n  gear_found=$(\"$gear_engine\" container inspect --format \\\n    '{{.Name}} {{.Id}} {{.State.Status}} {{with index .Config.Labels \"gear.name\"}}{{.}}{{end}}' \\\n    \"$gear_container\" 2>/dev/null) || return 0\n  read -r gear_called gear_id gear_state gear_labelled <<END\n$gear_found\nEND\n  # The engine also takes the beginning of an ID for a name.\n  [ \"$gear_called\" = \"$gear_container\" ] || return 0\n  if is_own_name; then\n    [ \"$gear_labelled\" != \"$gear_name\" ] || return 0\n  elif [ \"$gear_labelled\" = \"$gear_name\" ] || is_left; then\n    # --replace would do so, and where there is none of that name remove one whose ID begins so.\n    \"$gear_engine\" rm --force \"$gear_id\" >/dev/null || exit 1\n    return\n  fi\n  say \"a container called $gear_container exists and is not gear's; rename or remove it\"\n  exit 1\n}\n\n# Of another container of gear's, which had the name before a power loss.\nis_left() {\n  [ -n \"$gear_labelled\" ] || return 1\n  case $gear_state in created | configured | exited | stopped) return 0 ;; esac\n  return 1\n}\n\nsee_to_image() {\n  \"$gear_engine\" image exists \"$gear_image\" && return\n  if [ -z \"$gear_digest\" ]; then\n    say \"its image is gone and came from no registry; type: gear start $gear_name\"\n    exit 1\n  fi\n  say \"its image is gone, pulling $gear_digest\"\n  if ! \"$gear_engine\" pull --quiet \"$gear_digest\" >/dev/null; then\n    say \"the pull failed; to pull with your credentials, type: gear start $gear_name\"\n    exit 1\n  fi\n}\n\nif ! is_own_name || ! is_noted; then\n  see_to_name\n  see_to_image\nfi\n\nfor gear_volume in \"$@\"; do\n  \"$gear_engine\" volume exists \"$gear_volume\" ||\n    \"$gear_engine\" volume create --label \"gear.owner=$gear_app\" --label \"gear.name=$gear_name\" \"$gear_volume\" \\\n      >/dev/null || exit 1\ndone\n",
'ready.sh': "#!/bin/sh\n# Runs the check of a container every half second until it succeeds. How it fails is told after two seconds, and ever\n# more rarely, for whoever stops waiting earlier. TimeoutStartSec= of the unit is the bound: on systemd's SIGTERM the last\n# outcome is told. Ending with 0 then leaves the unit `failed` after a timeout (systemd has\n# noted it) and `inactive` after a stop.\n#\n#   ready.sh INSTANCE TIMEOUT_SECONDS COMMAND ARGUMENT…\n\ngear_name=$1 gear_timeout=$2\nshift 2\ngear_last='it has not ended once'\ngear_tries=0 gear_tell=4\n\ntrap 'echo \"gear: $gear_name: is not ready; of its check, $gear_last\" >&2; exit 0' TERM\n\nuntil gear_output=$(timeout \"$gear_timeout\" \"$@\" 2>&1 </dev/null); do\n  gear_status=$?\n  gear_line=$(printf '%s' \"$gear_output\" | tr '\\000-\\011\\013-\\037\\177' ' ' | tail -n 1 | cut -c 1-200)\n  gear_last=\"the last status was $gear_status: $gear_line\"\n  # As timeout(1) has it.\n  [ \"$gear_status\" -ne 124 ] || gear_last=\"it does not end within $gear_timeout s\"\n  gear_tries=$((gear_tries + 1))\n  if [ \"$gear_status\" -eq 124 ] || [ \"$gear_tries\" -ge \"$gear_tell\" ]; then\n    echo \"gear: $gear_name: is not ready yet; of its check, $gear_last\" >&2\n    gear_tell=$((gear_tries * 2))\n  fi\n  sleep 0.5\ndone\n",
'require.sh': "#!/bin/sh\n# Fails, with one line, where a unit that must be active is not. systemd tries the container again, so a dependency\n# that is away for long leaves nothing failed for good (Requires= would stop dependants and leave them stopped).\n#\n#   require.sh INSTANCE UNIT…\n\ngear_name=$1\nshift\nfor gear_unit in \"$@\"; do\n  if ! systemctl ${XDG_RUNTIME_DIR:+--user} is-active --quiet \"$gear_unit\"; then\n    echo \"gear: $gear_name: waits for $gear_unit, which is not active\" >&2\n    exit 1\n  fi\ndone\n",
'running.sh': "#!/bin/sh\n# Docker: ends when the container's process runs (0), or has ended or could not start (its exit status).\n#\n#   running.sh INSTANCE CONTAINER RESTART ENGINE      with MAINPID, the attached client, from systemd\n#\n# dockerd writes a container's state to config.v2.json before it answers the start. tail(1) waits for that write\n# without polling, and ends with the client: asking the engine would cost a client each time. Where the file is\n# elsewhere, or says nothing for long, the engine is asked after all. TimeoutStartSec= bounds the whole.\n\ngear_name=$1 gear_container=$2 gear_restart=$3 gear_engine=$4\n\n# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.\ngear_docker=${XDG_RUNTIME_DIR:+${XDG_DATA_HOME:-$HOME/.local/share}/docker}\nread -r gear_id gear_before gear_rest <\"${XDG_RUNTIME_DIR:-/run}/gear/$gear_container\" || exit 1\ngear_state=${gear_docker:-/var/lib/docker}/containers/$gear_id/config.v2.json\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\n# Asked to stop before this gate has ended, systemd runs no ExecStop=, and the client hands its signal on to a container\n# that does not run yet: nobody would stop what dockerd starts a moment later. It answers the stop once it has started.\ngear_asked=\ntrap gear_asked=yes TERM\ntrap '[ -z \"$gear_asked\" ] || \"$gear_engine\" stop \"$gear_id\" >/dev/null' EXIT\n\n# The process of the container by the state file, or nothing. JSON escapes quotes inside strings, so that only the\n# fields themselves can match.\nawait_process() {\n  timeout 10 tail --follow=name --retry --lines=+1 --sleep-interval=0.2 --pid=\"$MAINPID\" \"$gear_state\" 2>/dev/null |\n    grep --max-count=1 --only-matching '\"Running\":true[^{}]*\"Pid\":[1-9][0-9]*'\n}\n\nawait_state() {\n  [ -e \"$gear_state\" ] || { sleep 0.5; return 1; }\n  gear_process=$(await_process) || return 1\n  [ ! -e \"/proc/${gear_process##*:}\" ] || return 0\n  # It has ended already, and so will the client when the engine has seen it.\n  timeout 10 tail --follow --sleep-interval=0.1 --pid=\"$MAINPID\" /dev/null\n  return 1\n}\n\nuntil await_state; do\n  gear_now=$(\"$gear_engine\" container inspect \\\n    --format '{{.State.Running}} {{.State.ExitCode}} {{.State.StartedAt}} {{.State.Error}}' \"$gear_id\") || exit 1\n  read -r gear_running gear_code gear_started gear_error <<END\n$gear_now\nEND\n  [ \"$gear_running\" = false ] || exit 0\n  kill -0 \"$MAINPID\" 2>/dev/null || break\ndone\n[ -n \"${gear_running-}\" ] || exit 0\n\nif [ \"$gear_started\" = \"$gear_before\" ] || [ -n \"$gear_error\" ]; then\n  say \"could not be started: ${gear_error:-the engine does not say why}\"\n  [ \"$gear_code\" -ne 0 ] || gear_code=1\nelse\n  say \"ended at once with status $gear_code\"\n  if [ \"$gear_code\" -eq 0 ] && [ \"$gear_restart\" = always ]; then gear_code=1; fi\nfi\nexit \"$gear_code\"\n",
'started.sh': "#!/bin/sh\n# Podman: fails with the exit status of a container whose process has ended right after its start.\n#\n#   started.sh INSTANCE CONTAINER RESTART ENGINE      with MAINPID, conmon, from systemd\n#\n# conmon tells systemd of the start and not of what becomes of it. The process is its child, in a cgroup of its own;\n# tail(1) waits for its end without asking the engine. What has not ended by then counts as running.\n# All variables begin with gear_: others in the environment are the container's.\n\ngear_name=$1 gear_container=$2 gear_restart=$3 gear_engine=$4\n\nsay() {\n  echo \"gear: $gear_name: $*\" >&2\n}\n\ngear_children=/proc/$MAINPID/task/$MAINPID/children\n# A kernel without that file tells nothing, and what is not known counts as running.\n[ -r \"$gear_children\" ] || [ ! -d \"/proc/$MAINPID\" ] || exit 0\n\nhas_process() {\n  # The file has no line end, so read(1) always says that it failed.\n  read -r gear_process gear_rest <\"$gear_children\"\n  grep -q libpod-payload \"/proc/$gear_process/cgroup\"\n}\nif has_process 2>/dev/null; then\n  timeout 0.2 tail --follow --sleep-interval=0.05 --pid=\"$gear_process\" /dev/null\n  [ $? -ne 124 ] || exit 0\nfi\n\n# The engine has the exit status once conmon is done.\ntimeout 10 tail --follow --sleep-interval=0.1 --pid=\"$MAINPID\" /dev/null\ngear_now=$(\"$gear_engine\" container inspect --format '{{.State.Running}} {{.State.ExitCode}}' \"$gear_container\") ||\n  exit 1\nread -r gear_running gear_code <<END\n$gear_now\nEND\n[ \"$gear_running\" = false ] || exit 0\n\nsay \"ended at once with status $gear_code\"\nif [ \"$gear_code\" -eq 0 ] && [ \"$gear_restart\" = always ]; then gear_code=1; fi\nexit \"$gear_code\"\n",
'stop.sh': "#!/bin/sh\n# Docker: stops what runs of an instance, whichever form it is: an update puts the new text in place while the old\n# container still runs. Each container's own stop timeout and signal count. Nothing is removed.\n#\n#   stop.sh INSTANCE ENGINE\n\ngear_ids=$(\"$2\" ps --quiet --no-trunc --filter \"label=gear.name=$1\") || exit 1\n# What was adopted has no label: a record beside it says whose it is.\nfor gear_record in /etc/gear/adopted/ctr-\"$1\".*; do\n  case ${gear_record##*/ctr-\"$1\".} in *.*) continue ;; esac\n  { read -r gear_id gear_rest <\"$gear_record\"; } 2>/dev/null || continue\n  \"$2\" container inspect \"$gear_id\" >/dev/null 2>&1 || continue\n  gear_ids=\"$gear_ids $gear_id\"\ndone\n[ -n \"$gear_ids\" ] || exit 0\n# shellcheck disable=SC2086 # one word an ID\nexec \"$2\" stop $gear_ids >/dev/null\n",
};
